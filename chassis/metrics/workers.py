"""Several workers of one web process: their figures lie in files of a folder that they share, one a worker and type."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import mark_process_dead

MULTIPROCESS_DIR = "PROMETHEUS_MULTIPROC_DIR"
ENDED = "ended"
"""Stands where a worker's pid does: what all workers that have ended had counted."""


def forget(pid: int) -> None:
    """Take a worker that has ended out of the gauges, and keep what it counted together with that of others before it."""
    if MULTIPROCESS_DIR not in os.environ:
        return
    mark_process_dead(pid)  # type: ignore[no-untyped-call]
    folder = Path(os.environ[MULTIPROCESS_DIR])
    with _locked(fcntl.LOCK_EX):
        for kind in ("counter", "histogram", "summary"):
            left = folder / f"{kind}_{pid}.db"
            if left.exists():
                _fold(left, folder / f"{kind}_{ENDED}.db")
                left.unlink()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Read while no figures are moved from file to file: they would be counted twice, or not at all."""
    if MULTIPROCESS_DIR not in os.environ:
        yield
        return
    with _locked(fcntl.LOCK_SH):
        yield


@contextmanager
def _locked(how: int) -> Iterator[None]:
    with (Path(os.environ[MULTIPROCESS_DIR]) / "lock").open("a") as lock:
        fcntl.flock(lock, how)
        yield


def _fold(left: Path, kept: Path) -> None:
    total = MmapedDict(str(kept))  # type: ignore[no-untyped-call]
    for key, value, timestamp, _ in MmapedDict.read_all_values_from_file(str(left)):  # type: ignore[no-untyped-call]
        before, _ = total.read_value(key)  # type: ignore[no-untyped-call]
        total.write_value(key, before + value, timestamp)  # type: ignore[no-untyped-call]
    total.close()  # type: ignore[no-untyped-call]
