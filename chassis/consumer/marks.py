"""Watermarks: how far a consumer has come in each stream, and why it stopped there if it did."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from chassis.events import Received, Stream

T = TypeVar("T")


class Blocked(StrEnum):
    """Why events of a stream lie waiting."""

    GAP = "gap"  # the event before them has not come yet
    NOT_YET = "not-yet"  # what the first of them needs comes on another key
    DEAD = "dead"  # the first of them is a dead letter: somebody must retry or discard it
    RETRY = "retry"  # they may be tried again now


@dataclass(frozen=True, slots=True)
class Mark:
    """The last applied ``sequence`` of a stream, 0 before the first; events wait exactly while ``blocked`` says why.

    ``due`` is when a blocked stream is tried again, ``since`` when it was blocked, ``tries`` how often it was tried.
    ``stored`` is the sequence that the store holds, ``None`` while it holds none: what compare-and-set compares.
    """

    stream: Stream
    sequence: int = 0
    blocked: Blocked | None = None
    awaits: Stream | None = None
    since: datetime | None = None
    due: datetime | None = None
    tries: int = 0
    stored: int | None = None


@dataclass(frozen=True, slots=True)
class Death:
    """An event that cannot be applied, and why."""

    event: Received
    error: str
    trace: str = ""


class Undo(Protocol):
    """Points within a transaction to go back to."""

    def savepoint(self) -> Any:
        """Remember this point."""

    def back_to(self, point: Any) -> bool:
        """Undo what came after; False where only ending the transaction undoes it."""

    def flush(self) -> None:
        """Write what is pending at once."""


class Ledger(Protocol):
    """Where a consumer keeps its marks, waiting events and dead letters: in its own store, beside the effects.

    All but ``transact`` belong inside the work given to it.
    """

    def transact(self, work: Callable[[Undo], T]) -> T:
        """Run ``work`` in one transaction, once.

        Raises:
            chassis.store.faults.Conflict: it met another transaction; nothing was written.
            chassis.store.faults.StoreAway: the store does not answer.

        """

    def marks(self, streams: Collection[Stream]) -> dict[Stream, Mark]:
        """The marks of these streams that exist."""

    def save(self, marks: Collection[Mark]) -> None:
        """Write these marks, each only if its stored sequence is still the one that was read."""

    def waiting(self, stream: Stream, limit: int) -> list[Received]:
        """The first ``limit`` waiting events of a stream, in the order of their sequence."""

    def keep(self, event: Received) -> None:
        """Keep an event until its turn comes; one that is kept already stays as it is."""

    def release(self, events: Sequence[Received]) -> None:
        """Forget these waiting events: they were applied."""

    def bury(self, death: Death) -> None:
        """Record a dead letter and announce it; one that is recorded already stays open."""

    def awaiting(self, streams: Collection[Stream]) -> list[Stream]:
        """The streams that wait for one of these."""

    def due(self, now: datetime, limit: int) -> list[Stream]:
        """The blocked streams that are to be tried again, those due longest first."""

    def anyone_waits(self) -> bool:
        """Whether any stream waits for another."""
