"""Dead letters: events that a service could not apply, and what a person decided about each."""

import uuid
from datetime import datetime
from functools import cache
from typing import Any

from mongoengine import BinaryField, DateTimeField, DictField, IntField, ListField, StringField
from pymongo import DeleteOne, UpdateOne

from chassis import clock
from chassis.aggregate import Aggregate
from chassis.commands import command
from chassis.consumer.marks import Blocked, Death
from chassis.context import current
from chassis.events import Received, event
from chassis.identity import identity
from chassis.problems import RuleBroken
from chassis.queries import find, get
from chassis.store.connection import Row
from chassis.store.unit import require_unit

_LETTERS = uuid.UUID("0f2d5c8e-8f2b-5d0a-9f43-2a6f4b0f7c11")
OPEN, RETRIED, DISCARDED = "open", "retried", "discarded"


@cache
def announcements(service: str) -> tuple[type, type]:
    """The two events by which a service tells of its dead letters. They carry no message: it might name a person."""
    example = {
        "type": "ma.nassij.registry.region.joined.v1",
        "source": "/nassij/registry",
        "stream": "region/03",
        "position": 2,
    }

    @event(f"ma.nassij.{service}.deadletter.recorded.v1", example={**example, "error": "KeyError"})
    class DeadLetterRecorded:
        """The service could not apply an event; `error` names the kind of error. Later events of the key wait behind it."""

        type: str
        source: str
        stream: str
        position: int
        error: str

    @event(f"ma.nassij.{service}.deadletter.resolved.v1", example={**example, "decision": RETRIED})
    class DeadLetterResolved:
        """Somebody decided that the event is tried again (`retried`) or passed over (`discarded`)."""

        type: str
        source: str
        stream: str
        position: int
        decision: str

    return DeadLetterRecorded, DeadLetterResolved


class DeadLetter(Aggregate):
    """An event that a consumer could not apply. Later events of its key wait behind it until somebody decides."""

    subject = "deadletter"

    id = StringField(primary_key=True)
    group = StringField(required=True)
    state = StringField(required=True, choices=(OPEN, RETRIED, DISCARDED), default=OPEN)
    type = StringField(required=True)
    source = StringField(required=True)
    stream = StringField(required=True)
    position = IntField(required=True)
    region = StringField()
    value = BinaryField()
    error = StringField(required=True)
    trace = StringField()
    died = DateTimeField(required=True)
    deaths = IntField(required=True, default=0)
    history = ListField(DictField())

    meta = {"collection": "deadletters", "indexes": [("state", "id")]}

    @classmethod
    def of(cls, group: str, received: Received) -> "DeadLetter":
        """The letter about this event, not yet dead."""
        return cls(
            id=letter_id(group, received),
            group=group,
            type=received.type,
            source=received.source,
            stream=received.key,
            position=received.sequence,
            region=received.region,
            value=received.value,
        )

    def die(self, error: str, trace: str, at: datetime) -> None:
        """Record that the event failed, again where it was retried."""
        self.state, self.error, self.trace, self.died = OPEN, error, trace, at
        self.deaths += 1
        recorded, _ = announcements(identity().service)
        self.record(recorded(**self._place(), error=error.partition(":")[0]))

    def decide(self, decision: str, by: str | None, why: str | None, at: datetime) -> None:
        """Retry or discard it.

        Raises:
            RuleBroken: it was decided already.

        """
        if self.state != OPEN:
            sentence = f"This dead letter was {self.state} already; nothing is left to decide."
            raise RuleBroken("deadletter-decided", sentence, id=self.id)
        self.state = decision
        self.history = [*self.history, {"at": at, "by": by, "decision": decision, "why": why}]
        _, resolved = announcements(identity().service)
        self.record(resolved(**self._place(), decision=decision))

    def _place(self) -> dict[str, Any]:
        return {"type": self.type, "source": self.source, "stream": self.stream, "position": self.position}


def letter_id(group: str, received: Received) -> str:
    """One letter for each event and consumer."""
    return f"{group}-{uuid.uuid5(_LETTERS, received.place)}"


def bury(group: str, death: Death) -> None:
    """Record that an event cannot be applied, in the transaction that found out."""
    letter = find(DeadLetter, letter_id(group, death.event)) or DeadLetter.of(group, death.event)
    letter.die(death.error, death.trace, clock.now())
    letter.save()


@command
def retry(letter: str) -> DeadLetter:
    """Let the event be tried again, before those that wait behind it.

    Raises:
        RuleBroken: it was decided already.

    """
    found = _decided(letter, RETRIED, None)
    _free(found, {})
    return found


@command
def discard(letter: str, why: str) -> DeadLetter:
    """Pass over the event for good; those behind it go on. Who and why is kept.

    Raises:
        RuleBroken: it was decided already.

    """
    found = _decided(letter, DISCARDED, why)
    _free(found, {"sequence": found.position})
    require_unit().add("waiting", DeleteOne({"_id": f"{_mark(found)}|{found.position}"}))
    return found


def _decided(letter: str, decision: str, why: str | None) -> DeadLetter:
    found = get(DeadLetter, letter)
    found.decide(decision, current().by, why, clock.now())
    return found.save()


def _free(letter: DeadLetter, changes: Row) -> None:
    """Let the consumer's next sweep try the stream."""
    known = {"_id": _mark(letter), "sequence": letter.position - 1}
    changes = {**changes, "halted": True, "blocked": Blocked.RETRY.value, "due": clock.now()}
    require_unit().add("watermarks", UpdateOne(known, {"$set": changes}))


def _mark(letter: DeadLetter) -> str:
    return f"{letter.group}|{letter.source}|{letter.stream}"
