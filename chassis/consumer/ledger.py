"""A consumer's marks, waiting events and dead letters, kept in the service's own store beside the effects."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar

from pymongo import DeleteOne, InsertOne, ReplaceOne, UpdateOne

from chassis import metrics
from chassis.consumer import deadletters
from chassis.consumer.marks import Blocked, Death, Mark, Undo
from chassis.events import Received, Stream
from chassis.store import transaction
from chassis.store.connection import Row
from chassis.store.unit import Write, require_unit

T = TypeVar("T")
WATERMARKS, WAITING = "watermarks", "waiting"
_EVENT = [field.name for field in fields(Received) if field.init and not field.name.startswith("_")]


@dataclass(frozen=True, slots=True)
class StoreLedger:
    """The ledger of one consumer group."""

    group: str

    def transact(self, work: Callable[[Undo], T]) -> T:
        """Run ``work`` in one transaction, once.

        Raises:
            chassis.store.faults.Conflict: it met another transaction.
            chassis.store.faults.StoreAway: the store does not answer.

        """
        return transaction.once(work)

    def marks(self, streams: Collection[Stream]) -> dict[Stream, Mark]:
        """The marks of these streams that exist."""
        keys = [mark_id(self.group, stream) for stream in streams]
        rows = _find(WATERMARKS, {"_id": keys[0] if len(keys) == 1 else {"$in": keys}})
        return {mark.stream: mark for mark in map(mark_of, rows)}

    def save(self, marks: Collection[Mark]) -> None:
        """Write these marks, each only if its stored sequence is still the one that was read."""
        require_unit().add(WATERMARKS, *(self._write(mark) for mark in marks))

    def waiting(self, stream: Stream, limit: int) -> list[Received]:
        """The first ``limit`` waiting events of a stream, in the order of their sequence."""
        require_unit().flush_rows(WAITING)
        rows = _find(WAITING, {"stream": mark_id(self.group, stream)}, limit)
        return [Received(**row["event"]) for row in rows]

    def keep(self, event: Received) -> None:
        """Keep an event until its turn comes; one that is kept already stays as it is."""
        row = {
            "stream": mark_id(self.group, event.stream),
            "sequence": event.sequence,
            "event": {name: getattr(event, name) for name in _EVENT},
        }
        require_unit().add(WAITING, UpdateOne({"_id": self._waiting_id(event)}, {"$setOnInsert": row}, upsert=True))

    def release(self, events: Sequence[Received]) -> None:
        """Forget these waiting events: they were applied."""
        require_unit().add(WAITING, *(DeleteOne({"_id": self._waiting_id(event)}) for event in events))

    def bury(self, death: Death) -> None:
        """Record a dead letter and announce it; one that is recorded already is opened again."""
        deadletters.bury(self.group, death)

    def awaiting(self, streams: Collection[Stream]) -> list[Stream]:
        """The streams that wait for one of these."""
        awaited = {"$in": [_text(stream) for stream in streams]}
        return [mark_of(row).stream for row in _find(WATERMARKS, {"halted": True, "group": self.group, "awaits": awaited})]

    def due(self, now: datetime, limit: int) -> list[Stream]:
        """The blocked streams that are to be tried again, those due longest first."""
        rows = _find(WATERMARKS, {"halted": True, "group": self.group, "due": {"$lte": now}}, limit, order="due")
        return [mark_of(row).stream for row in rows]

    def anyone_waits(self) -> bool:
        """Whether any stream waits for another."""
        return bool(_find(WATERMARKS, {"halted": True, "group": self.group, "awaits": {"$gt": ""}}, 1, order="awaits"))

    def _waiting_id(self, event: Received) -> str:
        return f"{mark_id(self.group, event.stream)}|{event.sequence}"

    def _write(self, mark: Mark) -> Write:
        key = mark_id(self.group, mark.stream)
        if mark.stored is None:
            return InsertOne(row_of(self.group, mark))
        expected = {"_id": key, "sequence": mark.stored}
        if mark.blocked is None and mark.since is None:
            # The common case writes one field; the others are taken away in case the stream was blocked before.
            return UpdateOne(expected, {"$set": {"sequence": mark.sequence}, "$unset": dict.fromkeys(_STATE, "")})
        return ReplaceOne(expected, row_of(self.group, mark))


_STATE = ("halted", "blocked", "awaits", "since", "due", "tries")


def mark_id(group: str, stream: Stream) -> str:
    """The key under which a mark is kept."""
    return f"{group}|{_text(stream)}"


def row_of(group: str, mark: Mark) -> Row:
    """A mark as it is kept; what is empty is left out, so that the indexes hold blocked streams only."""
    row: Row = {
        "_id": mark_id(group, mark.stream),
        "group": group,
        "source": mark.stream.source,
        "key": mark.stream.key,
        "sequence": mark.sequence,
        "halted": True if mark.blocked else None,
        "blocked": mark.blocked.value if mark.blocked else None,
        "awaits": _text(mark.awaits) if mark.awaits else None,
        "since": mark.since,
        "due": mark.due,
        "tries": mark.tries or None,
    }
    return {name: value for name, value in row.items() if value is not None}


def mark_of(row: Row) -> Mark:
    """A kept mark."""
    awaits = row.get("awaits")
    return Mark(
        Stream(row["source"], row["key"]),
        row["sequence"],
        Blocked(row["blocked"]) if "blocked" in row else None,
        Stream(*awaits.split("|", 1)) if awaits else None,
        row.get("since"),
        row.get("due"),
        row.get("tries", 0),
        stored=row["sequence"],
    )


def _text(stream: Stream) -> str:
    return f"{stream.source}|{stream.key}"


def _find(collection: str, query: dict[str, Any], limit: int = 0, order: str | None = None) -> list[Row]:
    unit = require_unit()
    cursor = unit.store.database[collection].find(query, session=unit.session).limit(limit)
    order = order or ("sequence" if collection == WAITING else None)
    with metrics.timed("find"):
        return list(cursor.sort(order, 1) if order else cursor)
