"""Ends processes of a supervisor that was killed: those it had recorded, and only while they are still the same ones."""

import os
import signal
from contextlib import suppress

import psutil

from operator_cli.stack.identity import is_alive
from operator_cli.stack.layout import Layout
from operator_cli.stack.state import Process, read

GRACE = 10.0


def left(layout: Layout) -> list[Process]:
    """The recorded processes that outlived their supervisor, last started first."""
    found = read(layout)
    if found is None or is_alive(found.pid, found.started):
        return []
    return [process for process in reversed(found.processes) if is_alive(process.pid, process.started)]


def end(layout: Layout) -> list[str]:
    """End what is left over, and answer the names."""
    found = left(layout)
    for process in found:
        if process.pid is not None:
            _end(process.pid)
    return [process.name for process in found]


def _end(pid: int) -> None:
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.terminate()
        with suppress(psutil.TimeoutExpired):
            process.wait(GRACE)
    # Each was started as the leader of a group of its own.
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
