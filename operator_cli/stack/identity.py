"""Tells whether a process is the very one that was started: a process id alone is given again to strangers."""

import psutil

TOLERANCE = 0.05
"""Creation times are read back from clock ticks."""


def started_at(pid: int) -> float | None:
    """When this process was created, or None if there is none."""
    try:
        return psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return None


def is_alive(pid: int | None, started: float | None) -> bool:
    """Whether the process that was started then still runs (one that ended and is not yet reaped does not)."""
    if pid is None or started is None:
        return False
    try:
        process = psutil.Process(pid)
        return abs(process.create_time() - started) < TOLERANCE and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
