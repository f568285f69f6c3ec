"""The one place where time comes from, so that tests and the demo can turn it.

Code asks `clock.now()` and `clock.today()`; a process chooses its clock once, at start, with `clock.use()`.
"""

import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from chassis.settings import Settings

LEGAL_ZONE = ZoneInfo("Africa/Casablanca")
CHECK_EVERY_SECONDS = 0.2

log = structlog.get_logger(__name__)


class Clock(Protocol):
    """Anything that knows the time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


class FileOffsetClock:
    """The demo clock: the machine's time plus an offset in seconds that a file holds.

    Several processes read the same file and so live on the same day. An absent file means no offset. Content that is
    not a number is logged once and the last good offset is kept. Whoever turns the clock replaces the file whole.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._offset = timedelta(0)
        self._seen: tuple[int, int] | None = None
        self._next_check = 0.0

    def now(self) -> datetime:
        """Return the machine's time moved by the file's offset, which is looked at five times a second at most."""
        if time.monotonic() >= self._next_check:
            with self._lock:
                self._look()
                # Set when all is read: a thread that came meanwhile must not go on with the offset of before.
                self._next_check = time.monotonic() + CHECK_EVERY_SECONDS
        return datetime.now(UTC) + self._offset

    def _look(self) -> None:
        """Read the file again if it is another one than last time."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            self._seen, self._offset = None, timedelta(0)
            return
        mark = (found.st_mtime_ns, found.st_ino)
        if mark != self._seen:
            self._seen = mark
            self._read()

    def _read(self) -> None:
        try:
            self._offset = timedelta(seconds=float(self._path.read_text(encoding="utf-8").strip() or 0))
        except (OSError, ValueError, OverflowError):
            log.exception("clock.file_unreadable", path=str(self._path), kept_seconds=self._offset.total_seconds())


_clock: Clock = SystemClock()


def use(clock: Clock) -> Clock:
    """Make `clock` the clock of this process and return the one it replaces."""
    global _clock
    previous, _clock = _clock, clock
    return previous


def use_settings(settings: Settings) -> None:
    """Make the clock that the settings describe the clock of this process."""
    use(FileOffsetClock(settings.clock_file) if settings.clock_file else SystemClock())


def now() -> datetime:
    """Return the present moment, aware, in UTC, to the millisecond: the store keeps no more, so what is read back is equal."""
    moment = _clock.now()
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today() -> date:
    """Return the legal day: the calendar day in Africa/Casablanca."""
    return now().astimezone(LEGAL_ZONE).date()
