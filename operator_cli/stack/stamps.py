"""Remembers what was set up already, by a fingerprint of what it was made from, so that a second start is quick."""

import hashlib
from pathlib import Path

from operator_cli.stack.layout import ROOT, Layout, write_whole


def fingerprint(*parts: object) -> str:
    """A short name for exactly these values."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:16]


def code_fingerprint(*folders: str) -> str:
    """Changes whenever a Python file below these folders of the project is edited, added or removed."""
    files = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return fingerprint(*((path.relative_to(ROOT), path.stat().st_size, path.stat().st_mtime_ns) for path in files))


def is_done(layout: Layout, task: str, mark: str) -> bool:
    """Whether a task was done with exactly this fingerprint."""
    path: Path = layout.stamps / task
    return path.exists() and path.read_text() == mark


def set_done(layout: Layout, task: str, mark: str) -> None:
    """Remember that a task is done."""
    write_whole(layout.stamps / task, mark)
