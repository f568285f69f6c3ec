"""The ledger of a replay: marks in memory, since what a replay leaves undone is done again from the beginning."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from pymongo import InsertOne

from chassis.consumer.ledger import WATERMARKS, StoreLedger, row_of
from chassis.consumer.marks import Death, Mark, Undo
from chassis.events import Received, Stream
from chassis.store import transaction

T = TypeVar("T")
AT_ONCE = 2000


class ReplayLedger:
    """Keeps waiting events and dead letters in the store like any consumer, and marks in ``known`` until ``write``.

    Begins with nothing applied. One that ends before ``write`` leaves effects without marks: they are to be removed.
    """

    def __init__(self, group: str) -> None:
        self.group = group
        self.known: dict[Stream, Mark] = {}
        self._kept = StoreLedger(group)
        self._pending: list[Mark] = []

    def transact(self, work: Callable[[Undo], T]) -> T:
        """Run ``work`` in one transaction, once; the marks that it saved count when it is committed.

        Raises:
            chassis.store.faults.Conflict: it met another transaction.
            chassis.store.faults.StoreAway: the store does not answer.

        """
        self._pending = []
        result = self._kept.transact(work)
        self.known.update({mark.stream: replace(mark, stored=mark.sequence) for mark in self._pending})
        return result

    def marks(self, streams: Collection[Stream]) -> dict[Stream, Mark]:
        """The marks of these streams that exist."""
        return {stream: self.known[stream] for stream in streams if stream in self.known}

    def save(self, marks: Collection[Mark]) -> None:
        """Take these marks over with the transaction's end."""
        self._pending.extend(marks)

    def waiting(self, stream: Stream, limit: int) -> list[Received]:
        """The first ``limit`` waiting events of a stream, in the order of their sequence."""
        return self._kept.waiting(stream, limit)

    def keep(self, event: Received) -> None:
        """Keep an event until its turn comes."""
        self._kept.keep(event)

    def release(self, events: Sequence[Received]) -> None:
        """Forget these waiting events: they were applied."""
        self._kept.release(events)

    def bury(self, death: Death) -> None:
        """Record a dead letter and announce it."""
        self._kept.bury(death)

    def awaiting(self, streams: Collection[Stream]) -> list[Stream]:
        """The streams that wait for one of these."""
        return [mark.stream for mark in self.known.values() if mark.awaits in streams]

    def due(self, now: datetime, limit: int) -> list[Stream]:
        """The blocked streams that are to be tried again, those due longest first."""
        due = sorted((mark.due, mark.stream) for mark in self.known.values() if mark.due is not None and mark.due <= now)
        return [stream for _, stream in due[:limit]]

    def anyone_waits(self) -> bool:
        """Whether any stream waits for another."""
        return any(mark.awaits for mark in self.known.values())

    def write(self) -> None:
        """Write all marks, so that a consumer of this group goes on from here."""
        rows = [InsertOne(row_of(self.group, mark)) for mark in self.known.values()]
        for first in range(0, len(rows), AT_ONCE):
            part = rows[first : first + AT_ONCE]
            transaction.once(lambda unit, part=part: unit.add(WATERMARKS, *part))  # type: ignore[misc]
