"""The sender: carries out the intents that are due, several at a time, and writes down how each attempt ended."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import structlog
from pymongo import UpdateOne
from pymongo.errors import PyMongoError

from chassis import clock, metrics, telemetry
from chassis.context import Context, entered
from chassis.intents import COLLECTION, GAVE_UP, PENDING, SENT, GaveUp, Intent, Outcome, Retry, Sent, intent_of
from chassis.scope import EVERYWHERE
from chassis.store import transaction
from chassis.store.connection import Row, store
from chassis.store.faults import Conflict, StoreAway, meaning
from chassis.store.unit import UnitOfWork

log = structlog.get_logger(__name__)
CLAIM = timedelta(seconds=60)  # longer than the slowest attempt (a webhook's 15 s)


@dataclass(frozen=True, slots=True)
class Channel:
    """How one kind of intent is carried out, and what is done when an attempt ended."""

    send: Callable[[Intent], Outcome]
    settled: Callable[[Intent, Outcome], None]


class Sender:
    """Sends what is due. A crash between sending and writing it down sends again, under the same id, and loses nothing."""

    def __init__(self, channels: Mapping[str, Channel], threads: int = 8) -> None:
        self._channels = channels
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="sender")

    def round(self, limit: int = 24) -> int:
        """Send what is due now.

        Returns:
            How many attempts were made.

        Raises:
            StoreAway: the store does not answer.

        """
        query = {"state": PENDING, "due": {"$lte": clock.now()}, "kind": {"$in": list(self._channels)}}
        rows = list(store().database[COLLECTION].find(query).sort("due", 1).limit(limit))
        return sum(self._pool.map(self._attempt, rows))

    def close(self) -> None:
        """Finish the attempts under way and stop."""
        self._pool.shutdown(wait=True)

    def _attempt(self, row: Row) -> bool:
        if not self._claim(row):
            return False
        intent = intent_of(row)
        with telemetry.sending(intent.kind, intent.attempts + 1, intent.traceparent) as span, entered(_context(intent, span)):
            outcome = self._send(intent)
            _follow(span, outcome)
            _tell(intent, outcome)
            metrics.INTENTS.labels(kind=intent.kind, outcome=_name(outcome)).inc()
            try:
                transaction.run(lambda unit: self._settle(unit, intent, outcome))
            except Conflict:
                log.warning("intent.settled_elsewhere", intent=intent.id, kind=intent.kind)
        return True

    def _claim(self, row: Row) -> bool:
        """Keep other senders away for a while; if this one dies, the intent is due again after it."""
        known = {"_id": row["_id"], "state": PENDING, "due": row["due"]}
        claimed = store().database[COLLECTION].update_one(known, {"$set": {"due": clock.now() + CLAIM}})
        return bool(claimed.modified_count)

    def _send(self, intent: Intent) -> Outcome:
        try:
            return self._channels[intent.kind].send(intent)
        except Exception as error:
            if isinstance(error, PyMongoError) or meaning(error) is not None:
                raise StoreAway(str(error)) from error
            # A gateway says how an attempt ended; an error that it did not foresee is ours, and is tried again slowly.
            log.exception("intent.failed", intent=intent.id, kind=intent.kind, error=type(error).__name__)
            return Retry(type(error).__name__, timedelta(minutes=5))

    def _settle(self, unit: UnitOfWork, intent: Intent, outcome: Outcome) -> None:
        changes: Row = {"attempts": intent.attempts + 1}
        if isinstance(outcome, Retry):
            changes |= {"due": clock.now() + outcome.after, "reason": outcome.reason}
        elif isinstance(outcome, GaveUp):
            changes |= {"state": GAVE_UP, "reason": outcome.reason}
        else:
            changes |= {"state": SENT, "note": outcome.note, "ended": clock.now()}
        unit.add(COLLECTION, UpdateOne({"_id": intent.id, "state": PENDING, "attempts": intent.attempts}, {"$set": changes}))
        self._channels[intent.kind].settled(intent, outcome)


def _context(intent: Intent, span: telemetry.Span) -> Context:
    return Context(
        by="sender",
        scope=EVERYWHERE,
        correlation=intent.correlation,
        causation=intent.causation or intent.id,
        traceparent=span.traceparent,
    )


def _follow(span: telemetry.Span, outcome: Outcome) -> None:
    span.tell({"nassij.intent.outcome": _name(outcome)})
    if not isinstance(outcome, Sent):
        span.fail(_name(outcome))


def _tell(intent: Intent, outcome: Outcome) -> None:
    tell = log.info if isinstance(outcome, Sent) else log.warning
    reason = {} if isinstance(outcome, Sent) else {"reason": outcome.reason}
    tell("intent.attempted", intent=intent.id, kind=intent.kind, outcome=_name(outcome), attempt=intent.attempts + 1, **reason)


def _name(outcome: Outcome) -> str:
    if isinstance(outcome, Sent):
        return "sent"
    return "retry" if isinstance(outcome, Retry) else "gave-up"
