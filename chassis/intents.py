"""Effects on the outside world: written down in the transaction that wants them, carried out afterwards under a lasting id."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from pymongo import UpdateOne

from chassis import clock
from chassis.context import current
from chassis.store.connection import Row
from chassis.store.unit import require_unit

COLLECTION = "intents"
PENDING, SENT, GAVE_UP = "pending", "sent", "gave-up"
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Intent:
    """Something to be done outside: what kind, for whom, because of which event. ``id`` never changes between attempts.

    ``causation`` is the id of the event or request at work when it was written down: what its end is an effect of.
    """

    id: str
    kind: str
    recipient: str
    cause: str
    payload: Mapping[str, Any]
    attempts: int
    first_due: datetime
    region: str | None
    correlation: str | None
    causation: str | None = None
    traceparent: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """It was taken."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class Retry:
    """It was not taken now; try again ``after`` a while."""

    reason: str
    after: timedelta = field(default=timedelta(seconds=30))


@dataclass(frozen=True, slots=True)
class GaveUp:
    """It will never be taken."""

    reason: str


Outcome = Sent | Retry | GaveUp


def intend(
    kind: str,
    recipient: str,
    cause: str,
    payload: Mapping[str, Any],
    *,
    due: datetime | None = None,
    region: str | None = None,
) -> str:
    """Write down an effect, once for each (cause, recipient, kind): said again, it stays as it was.

    Returns:
        The intent's id, the same for the same three.

    """
    intent_id = hashlib.sha256(f"{cause}|{recipient}|{kind}".encode()).hexdigest()[:32]
    due = due or clock.now()
    row = {
        "kind": kind,
        "recipient": recipient,
        "cause": cause,
        "payload": dict(payload),
        "state": PENDING,
        "attempts": 0,
        "due": due,
        "first_due": due,
        "region": region,
        "correlation": current().correlation,
        "causation": current().causation,
        "traceparent": current().traceparent,
    }
    require_unit().add(COLLECTION, UpdateOne({"_id": intent_id}, {"$setOnInsert": row}, upsert=True))
    return intent_id


def intent_of(row: Row) -> Intent:
    """A kept intent."""
    names = ("kind", "recipient", "cause", "payload", "attempts", "first_due", "region", "correlation")
    later: dict[str, Any] = {name: row.get(name) for name in ("causation", "traceparent")}  # an intent of before has none
    return Intent(id=row["_id"], **later, **{name: row[name] for name in names})


def sender(kind: str) -> Callable[[F], F]:
    """Declare what carries out intents of a kind: ``(Intent) -> Outcome``, with no transaction open, on several threads."""
    return _mark("__sender__", kind)


def settled(kind: str) -> Callable[[F], F]:
    """Declare what is done when an attempt ended: ``(Intent, Outcome) -> None``, in the transaction that writes it down."""
    return _mark("__settled__", kind)


def _mark(attribute: str, kind: str) -> Callable[[F], F]:
    def mark(function: F) -> F:
        setattr(function, attribute, kind)
        return function

    return mark
