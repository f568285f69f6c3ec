"""Log files: their ends, all of them with what was set aside, and what is appended while one looks."""

import os
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from operator_cli.logs.lines import Line, Reader, Wanted

BLOCK = 64 * 1024


class LogFile:
    """One process's log. What was set aside when it grew too long (`.log.1`) is read before it."""

    def __init__(self, path: Path) -> None:
        self.path, self.process = path, path.stem
        self._file: BinaryIO | None = None
        self._part = b""
        self._reader = Reader(self.process, _written(path))

    def all(self, wanted: Wanted) -> Iterator[Line]:
        """The wanted lines, the oldest first; then stands at the end."""
        old = self.path.with_suffix(".log.1")
        if old.exists() and (wanted.since is None or _written(old) >= wanted.since):
            with old.open("rb") as file:
                yield from self._reader.read(file, wanted)
        yield from self._reader.read(self._whole_lines(), wanted)

    def last(self, most: int, wanted: Wanted) -> list[Line]:
        """The last lines, read from the end; then stands at the end."""
        file = self._opened()
        if file is None:
            return []
        return list(self._reader.read(_end(file, most), wanted))

    def rest(self, wanted: Wanted) -> Iterator[Line]:
        """The last line where it has no end: whoever wrote it was cut off."""
        yield from self._reader.read([self._part], wanted)

    def more(self, wanted: Wanted) -> Iterator[Line]:
        """The wanted lines that were written since the last look; a file that was set aside or cut is read anew."""
        before = self._file
        yield from self._reader.read(self._whole_lines(), wanted)
        if before is not None and self._was_replaced(before):
            before.close()
            self._file, self._part = None, b""
            yield from self._reader.read(self._whole_lines(), wanted)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def _whole_lines(self) -> Iterator[bytes]:
        """Lines that have their end; the beginning of one that is just being written waits for the rest."""
        file = self._opened()
        if file is None:
            return
        if os.fstat(file.fileno()).st_size < file.tell():
            file.seek(0)
            self._part = b""
        for raw in file:
            self._part += raw
            if self._part.endswith(b"\n"):
                whole, self._part = self._part, b""
                yield whole

    def _opened(self) -> BinaryIO | None:
        if self._file is None and self.path.exists():
            self._file = self.path.open("rb")
        return self._file

    def _was_replaced(self, file: BinaryIO) -> bool:
        try:
            return not os.path.samestat(self.path.stat(), os.fstat(file.fileno()))
        except FileNotFoundError:
            return False  # set aside, and nothing new is there yet


def _written(path: Path) -> datetime:
    """When a file was last written: the time of lines that have none."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.now(UTC)


def _end(file: BinaryIO, lines: int) -> list[bytes]:
    """The last lines of a file, read block by block from its end; then stands where it ended when this began."""
    end = begin = file.seek(0, os.SEEK_END)
    blocks: deque[bytes] = deque()
    ends = 0
    while begin > 0 and ends <= lines:
        size = min(BLOCK, begin)
        begin = file.seek(begin - size)
        blocks.appendleft(file.read(size))
        ends += blocks[0].count(b"\n")
    file.seek(end)
    return b"".join(blocks).splitlines(keepends=True)[-lines:] if lines else []
