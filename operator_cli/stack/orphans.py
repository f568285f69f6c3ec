"""Ends processes of a supervisor that was killed: those it had recorded, and only while they are still the same ones."""

import os
import signal
from contextlib import suppress

import psutil

from operator_cli.stack.identity import is_alive
from operator_cli.stack.layout import Layout
from operator_cli.stack.state import read

GRACE = 10.0


def end(layout: Layout) -> list[str]:
    """End every recorded process that outlived its supervisor, last started first, and answer their names."""
    found = read(layout)
    if found is None or is_alive(found.pid, found.started):
        return []
    left = [process for process in reversed(found.processes) if is_alive(process.pid, process.started)]
    for process in left:
        _end(process.pid or 0)
    return [process.name for process in left]


def _end(pid: int) -> None:
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.terminate()
        with suppress(psutil.TimeoutExpired):
            process.wait(GRACE)
    # Each was started as the leader of a group of its own.
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
