"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from chassis import clock

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FrozenClock:
    """Time that moves only by `advance()` or `set()`. As a context manager it is the process's clock within the block."""

    def __init__(self, at: datetime = START) -> None:
        self._now = at
        self._replaced: list[clock.Clock] = []

    def now(self) -> datetime:
        """Return the moment at which this clock stands."""
        return self._now

    def advance(self, by: timedelta | None = None, **parts: float) -> datetime:
        """Move on by a timedelta or its parts (`advance(hours=48)`) and return the new moment."""
        self._now += by if by is not None else timedelta(**parts)
        return self._now

    def set(self, at: datetime) -> None:
        """Move to a moment, also an earlier one."""
        self._now = at

    def __enter__(self) -> Self:
        self._replaced.append(clock.use(self))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        clock.use(self._replaced.pop())
