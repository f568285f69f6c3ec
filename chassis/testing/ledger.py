"""A ledger in memory, with transactions: what a test's engine stands on instead of a store."""

import copy
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from chassis.consumer.marks import Blocked, Death, Mark, Undo
from chassis.events import Received, Stream
from chassis.store.faults import Conflict

T = TypeVar("T")


@dataclass
class Kept:
    """What the ledger holds; ``effects`` is whatever the test's reactions write."""

    marks: dict[Stream, Mark] = field(default_factory=dict)
    waiting: dict[str, Received] = field(default_factory=dict)
    dead: dict[str, str] = field(default_factory=dict)
    effects: list[Any] = field(default_factory=list)


class MemoryLedger:
    """Keeps everything in ``kept``; a transaction that fails leaves no trace.

    ``before_commit`` is called when something is written, at the latest at the end of each transaction: a test raises in it
    what a store would. ``can_undo``
    False makes every failure need a new transaction, as one whose writes were flushed already.
    """

    def __init__(self, before_commit: Callable[[], None] = lambda: None, *, can_undo: bool = True) -> None:
        self.kept = Kept()
        self.transactions = 0
        self.can_undo = can_undo
        self._before_commit = before_commit

    def transact(self, work: Callable[[Undo], T]) -> T:
        """Run ``work``; put everything back if it fails."""
        before = copy.deepcopy(self.kept)
        self.transactions += 1
        try:
            result = work(self)
            self._before_commit()
        except BaseException:
            self.kept = before
            raise
        return result

    def savepoint(self) -> list[Any]:
        """Remember the effects so far."""
        return list(self.kept.effects)

    def back_to(self, point: list[Any]) -> bool:
        """Take back the effects since."""
        if self.can_undo:
            self.kept.effects = point
        return self.can_undo

    def flush(self) -> None:
        """Write what is pending, which is nothing; whatever a store would say to it is said."""
        self._before_commit()

    def marks(self, streams: Collection[Stream]) -> dict[Stream, Mark]:
        """The marks of these streams that exist."""
        return {stream: self.kept.marks[stream] for stream in streams if stream in self.kept.marks}

    def save(self, marks: Collection[Mark]) -> None:
        """Write these marks, each only if its stored sequence is still the one that was read."""
        for mark in marks:
            known = self.kept.marks.get(mark.stream)
            if (known.sequence if known else None) != mark.stored:
                raise Conflict(f"{mark.stream} is no longer at {mark.stored}")
            self.kept.marks[mark.stream] = replace(mark, stored=mark.sequence)

    def waiting(self, stream: Stream, limit: int) -> list[Received]:
        """The first ``limit`` waiting events of a stream, in the order of their sequence."""
        found = [event for event in self.kept.waiting.values() if event.stream == stream]
        return sorted(found, key=lambda event: event.sequence)[:limit]

    def keep(self, event: Received) -> None:
        """Keep an event until its turn comes."""
        self.kept.waiting.setdefault(f"{event.stream}|{event.sequence}", event)

    def release(self, events: Sequence[Received]) -> None:
        """Forget these waiting events."""
        for event in events:
            del self.kept.waiting[f"{event.stream}|{event.sequence}"]

    def bury(self, death: Death) -> None:
        """Record a dead letter."""
        self.kept.dead[death.event.id] = death.error

    def awaiting(self, streams: Collection[Stream]) -> list[Stream]:
        """The streams that wait for one of these."""
        return [mark.stream for mark in self.kept.marks.values() if mark.awaits in streams]

    def due(self, now: datetime, limit: int) -> list[Stream]:
        """The blocked streams that are to be tried again."""
        due = [mark for mark in self.kept.marks.values() if mark.due is not None and mark.due <= now]
        return [mark.stream for mark in sorted(due, key=lambda mark: mark.due or now)][:limit]

    def anyone_waits(self) -> bool:
        """Whether any stream waits for another."""
        return any(mark.awaits for mark in self.kept.marks.values())

    def retry(self, stream: Stream, now: datetime) -> None:
        """What an operator's retry of a dead letter does to the mark."""
        self.kept.marks[stream] = replace(self.kept.marks[stream], blocked=Blocked.RETRY, due=now)
