"""Whether there is room left where Kafka, the store and the logs lie."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from operator_cli.doctor.finding import FAIL, OK, Finding, fail, fine, warn
from operator_cli.doctor.sight import Sight

CHECK = "disk"
GB = 1024**3
BLOCK = 512
# Free bytes, and the free share of the whole, below which there is a warning or a fault.
FEW = (2 * GB, GB // 2)
SMALL = (0.10, 0.02)


def check(sight: Sight) -> Iterator[Finding]:
    """Each file system that the stack writes to, once."""
    sight.must_be_here()
    folders = {"kafka": sight.layout.kafka, "store": sight.layout.store, "logs": sight.layout.logs}
    present = {name: folder for name, folder in folders.items() if folder.exists()}
    if not present:
        present = {"stack": _nearest(sight.layout.home)}
    systems: dict[int, list[str]] = {}
    for name, folder in present.items():
        systems.setdefault(folder.stat().st_dev, []).append(name)
    sizes = (
        ", ".join(f"{name} {told(size(folder))}" for name, folder in present.items()) if "stack" not in present else "nothing yet"
    )
    for names in systems.values():
        usage = shutil.disk_usage(present[names[0]])
        yield judged(", ".join(names), usage.total, usage.free, sizes, str(present[names[0]]))


def judged(where: str, total: int, free: int, sizes: str, folder: str) -> Finding:
    """What so much room is worth."""
    severity = _severity(free, free / total if total else 0.0)
    if severity == OK:
        return fine(CHECK, where, f"{told(free)} of {told(total)} are free ({sizes}).")
    found = f"Only {told(free)} of {told(total)} are free where {where} lies ({sizes})."
    return (fail if severity == FAIL else warn)(CHECK, where, found, f"make room on that file system: df -h {folder}")


def _severity(free: int, share: float) -> str:
    if free < FEW[1] or share < SMALL[1]:
        return FAIL
    return "warn" if free < FEW[0] or share < SMALL[0] else OK


def size(folder: Path) -> int:
    """The bytes that a folder takes on disk; files that go meanwhile count nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_blocks * BLOCK
        except OSError:
            continue
    return total


def told(size: float) -> str:
    """A number of bytes for people."""
    for unit in ("B", "kB", "MB"):
        if size < 1024:  # noqa: PLR2004 - the step between units
            return f"{size:.0f} {unit}"
        size /= 1024
    return f"{size:.1f} GB"


def _nearest(folder: Path) -> Path:
    return next(parent for parent in (folder, *folder.parents) if parent.exists())
