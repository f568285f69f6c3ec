"""The engine that applies events exactly once and in order, a batch a transaction. It knows no broker and no store."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import structlog

from chassis import clock, metrics, telemetry
from chassis.consumer.attempt import Attempt, NeedsNewTransaction, Reactor, Verdict
from chassis.consumer.limit import DeadLetterLimit, TooManyDeadLetters
from chassis.consumer.marks import Ledger, Undo
from chassis.events import Received, Stream
from chassis.store import transaction
from chassis.store.faults import Conflict, DuplicateValue, StoreAway, meaning

Item = TypeVar("Item", Received, Stream)
Outcomes = Counter[str]

__all__ = ["Engine", "Reactor"]

SAME_DUPLICATES = 3
"""A unique index that refuses the same work so often was met by no race."""

log = structlog.get_logger(__name__)


@dataclass
class Engine:
    """One consumer: a group of reactions with its own marks.

    ``process`` takes a batch in log order; ``sweep`` tries blocked streams again. Both say what became of the events, by
    outcome: ``applied``, ``ignored`` (nobody reacts), ``duplicate``, ``waiting``, ``dead``.
    """

    ledger: Ledger
    reactor: Reactor
    limit: DeadLetterLimit = field(default_factory=DeadLetterLimit)
    conflict_tries: int = 12
    settled: Callable[[Sequence[Received]], None] = lambda _: None  # told of what was applied or ignored, once it is committed
    _someone_waits: bool = True  # not known before the first sweep

    def process(self, batch: Sequence[Received]) -> Outcomes:
        """Apply a batch.

        Raises:
            StoreAway: what is not done yet was not written; the same batch is to be given again.
            TooManyDeadLetters: so many events fail that something else must be wrong.

        """
        return self._settle(batch, Attempt.admit) if batch else Counter()

    def sweep(self, limit: int = 100) -> Outcomes:
        """Try again the blocked streams whose time has come.

        Raises:
            StoreAway: as for ``process``.
            TooManyDeadLetters: as for ``process``.

        """

        def look(_: Undo) -> tuple[list[Stream], bool]:
            return self.ledger.due(clock.now(), limit), self.ledger.anyone_waits()

        streams, self._someone_waits = self.ledger.transact(look)
        return sum((self._settle([stream], Attempt.drain) for stream in streams), Counter())

    def _settle(self, items: Sequence[Item], do: Callable[[Attempt, Sequence[Item]], None]) -> Outcomes:
        """Do it in one transaction; after a conflict in two halves by key, so that a busy key does not hold up the rest."""
        duplicates = 0
        for tries in range(1, self.conflict_tries + 1):
            try:
                return self._transact(items, do, careful=duplicates >= SAME_DUPLICATES)
            except Conflict as conflict:
                duplicates += isinstance(conflict, DuplicateValue)
            # Not inside the handler: what fails there carries the conflict as its context, and would be taken for one.
            first, second = _halves(items)
            if second:
                metrics.CONSUMER_SPLITS.inc()
                return self._settle(first, do) + self._settle(second, do)
            transaction.pause(tries, 0.5)
        raise StoreAway(f"{self.conflict_tries} transactions in a row met others")

    def _transact(self, items: Sequence[Item], do: Callable[[Attempt, Sequence[Item]], None], *, careful: bool) -> Outcomes:
        """Do it in a new transaction after each event that cannot be undone alone, leaving that event aside.

        What fails only when it is written (a value that no store holds) is done again carefully, which finds whose it was.
        """
        verdicts: dict[str, Verdict] = {}

        def work(undo: Undo) -> Attempt:
            attempt = Attempt(self.ledger, self.reactor, self.limit, undo, verdicts, self._someone_waits, careful)
            do(attempt, items)
            self._someone_waits |= attempt.outcomes["waiting"] > 0
            return attempt

        while True:
            try:
                with telemetry.committing():
                    done = self.ledger.transact(work)
            except NeedsNewTransaction as failed:
                verdicts[failed.event.place] = failed.verdict
            except TooManyDeadLetters:
                raise
            except Exception as error:
                if careful or meaning(error) is not None:
                    raise
                careful = True
                log.warning("consumer.looks_for_the_culprit", items=len(items), error=type(error).__name__)
            else:
                self.settled(done.settled)
                _tell(done)
                return done.outcomes


def _tell(done: Attempt) -> None:
    """Log what was committed and is no mere progress. Of an error its kind alone: its words may hold what the event says."""
    for death in done.buried:
        log.error("consumer.dead_letter", **_about(death.event), error=death.error.partition(":")[0])
    for event, mark in done.halted:
        awaits = f"{mark.awaits.source}|{mark.awaits.key}" if mark.awaits else None
        log.info("consumer.key_waits", **_about(event), reason=mark.blocked, awaits=awaits)
    # A line for each event would cost more than many an event: asked once a transaction, told only where somebody wants it.
    if log.is_enabled_for(logging.DEBUG):
        for event in done.settled:
            log.debug("consumer.settled", **_about(event))


def _about(event: Received) -> dict[str, Any]:
    place = {"source": event.source, "key": event.key, "sequence": event.sequence}
    return {"correlation": event.correlation or event.id, "event_id": event.id, "type": event.type, **place}


def _halves(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """The items in two parts, no stream in both; the second is empty where there is only one stream."""
    streams = list(dict.fromkeys(_stream(item) for item in items))
    first = set(streams[: (len(streams) + 1) // 2])
    return [item for item in items if _stream(item) in first], [item for item in items if _stream(item) not in first]


def _stream(item: Received | Stream) -> Stream:
    return item if isinstance(item, Stream) else item.stream
