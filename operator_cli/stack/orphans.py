"""Ends processes of a supervisor that was killed: those it had recorded, and only while they are still the same ones."""

import os
import signal
import time
from contextlib import suppress

from operator_cli.stack.identity import is_alive
from operator_cli.stack.layout import Layout
from operator_cli.stack.state import Process, read

GRACE = 15.0
LOOK_EVERY = 0.05


def left(layout: Layout) -> list[Process]:
    """The recorded processes that outlived their supervisor."""
    found = read(layout)
    if found is None or is_alive(found.pid, found.started):
        return []
    return [process for process in found.processes if is_alive(process.pid, process.started)]


def end(layout: Layout) -> list[str]:
    """End what is left over, all of it at once since its order is lost anyway, and answer the names."""
    found = left(layout)
    for process in found:
        _signal(process, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    while time.monotonic() < deadline and any(is_alive(process.pid, process.started) for process in found):
        time.sleep(LOOK_EVERY)
    for process in found:
        # Each was started as the leader of a group of its own; what is left of the group goes with it.
        _signal(process, signal.SIGKILL)
    return [process.name for process in found]


def _signal(process: Process, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        if process.pid is not None:
            os.killpg(process.pid, number)
