"""What the contestants without the chassis share: reading an event, and what a batch of them makes of the store.

Pure functions over plain dictionaries, the same for the hand-written loop and for FastStream, so that these differ in
nothing but how they consume, commit and publish. The wire format is the chassis's: a consumer could not tell them apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from pymongo import InsertOne, ReplaceOne, UpdateOne

from chassis.ids import new_id
from tests.bench.work import BULK, Run

Row = dict[str, Any]
Write = InsertOne[Row] | UpdateOne | ReplaceOne[Row]
Docs = Mapping[str, Row]


class Message(NamedTuple):
    """One event as far as these contestants need it."""

    id: str
    stream: str
    sequence: int
    region: str
    correlation: str
    data: Row


class Plan(NamedTuple):
    """What a batch writes: marks and effects compare what they replace, so each write must find its document."""

    marks: list[Write]
    effects: list[Write]
    outbox: list[Row]


class OutOfOrder(Exception):  # noqa: N818 - the field's word
    """An event came before the one before it; the loops here stop there, where the chassis lets its key wait."""


def message_of(key: bytes, headers: Iterable[tuple[str, bytes]], value: bytes) -> Message:
    """Read a record."""
    found = dict(headers)
    return Message(
        found["ce_id"].decode(),
        f"{found['ce_source'].decode()}|{key.decode()}",
        int(found["ce_sequence"]),
        found["ce_region"].decode(),
        found["ce_correlation"].decode(),
        msgspec.json.decode(value),
    )


def plan(run: Run, messages: Sequence[Message], marks: Mapping[str, int], docs: Docs) -> Plan:
    """What these messages write, given the watermarks of their streams and (for `reaction`) the registers they are about.

    Raises:
        OutOfOrder: a message came too early.

    """
    moved: dict[str, int] = {}
    fresh = []
    for message in messages:
        mark = moved.get(message.stream, marks.get(message.stream, 0))
        if message.sequence > mark + 1:
            raise OutOfOrder(f"{message.stream}@{message.sequence} after {mark}")
        if message.sequence == mark + 1:
            moved[message.stream] = message.sequence
            fresh.append(message)
    effects, outbox = effects_of(run, fresh, docs)
    return Plan([_mark(stream, marks.get(stream), sequence) for stream, sequence in moved.items()], effects, outbox)


def effects_of(run: Run, messages: Sequence[Message], docs: Docs) -> tuple[list[Write], list[Row]]:
    """The writes of the effect and the rows to publish."""
    return _project(run, messages) if run.row == BULK else _enter(run, messages, docs)


def sessions(messages: Iterable[Message]) -> list[str]:
    """The sessions that these messages are about."""
    return list({message.data["session"] for message in messages})


def headers_of(row: Row) -> list[tuple[str, bytes]]:
    """The headers of the record that an outbox row becomes."""
    return [("content-type", b"application/json"), *((name, text.encode()) for name, text in row["headers"].items())]


def published(rows: Sequence[Row]) -> list[Write]:
    """The writes that mark rows as published: by id, the quickest way on the local store, in one transaction."""
    changes = {"$unset": {"pending": ""}, "$set": {"published": datetime.now(UTC)}}
    return [UpdateOne({"_id": row["_id"]}, changes) for row in rows]


def _mark(stream: str, stored: int | None, sequence: int) -> Write:
    if stored is None:
        return InsertOne({"_id": stream, "sequence": sequence})
    return UpdateOne({"_id": stream, "sequence": stored}, {"$set": {"sequence": sequence}})


def _project(run: Run, messages: Sequence[Message]) -> tuple[list[Write], list[Row]]:
    effects: list[Write] = []
    outbox: list[Row] = []
    for message in messages:
        data = message.data
        changes = {"$inc": {"entries": 1, "half_days": data["half_days"]}, "$set": {"last_person": data["person"]}}
        effects.append(UpdateOne({"_id": data["session"]}, changes, upsert=True))
        outbox.append(_outbox_row(run, message, f"attendance/{data['session']}", "attendance.noted", message.sequence, data))
    return effects, outbox


def _enter(run: Run, messages: Sequence[Message], docs: Docs) -> tuple[list[Write], list[Row]]:
    changed: dict[str, Row] = {}
    outbox = []
    for message in messages:
        data = message.data
        register = changed.setdefault(data["session"], dict(docs[data["session"]]))
        if register["half_days"] + data["half_days"] > register["limit"]:
            raise ValueError("This register takes no more half-days.")
        register["half_days"] += data["half_days"]
        register["entries"] += 1
        register["sequence"] += 1
        register["last_person"] = data["person"]
        told = {
            "person": data["person"],
            "half_days": data["half_days"],
            "total": register["half_days"],
            "note": data["note"],
        }
        key = f"register/{data['session']}"
        outbox.append(_outbox_row(run, message, key, "register.entered", register["sequence"], told))
    effects: list[Write] = [
        ReplaceOne({"_id": key, "version": register["version"]}, {**register, "version": register["version"] + 1})
        for key, register in changed.items()
    ]
    return effects, outbox


def _outbox_row(run: Run, cause: Message, key: str, action: str, sequence: int, data: Row) -> Row:
    event_id, now = new_id(), datetime.now(UTC)
    return {
        "_id": event_id,
        "key": key,
        "sequence": sequence,
        "headers": {
            "ce_specversion": "1.0",
            "ce_id": event_id,
            "ce_type": f"ma.nassij.{run.name}.{action}.v1",
            "ce_source": f"/nassij/{run.name}",
            "ce_subject": key,
            "ce_time": now.isoformat(),
            "ce_sequence": str(sequence),
            "ce_region": cause.region,
            "ce_cell": "national",
            "ce_correlation": cause.correlation,
            "ce_causation": cause.id,
        },
        "value": msgspec.json.encode(data),
        "pending": True,
    }
