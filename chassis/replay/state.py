"""What a consumer has made of the events: its collections, their hash, and removing them."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from pymongo.database import Database

from chassis.aggregate import Aggregate
from chassis.consumer.deadletters import DISCARDED, DeadLetter
from chassis.consumer.ledger import WAITING, WATERMARKS
from chassis.service import Service
from chassis.store.connection import Row

CONSUMED = (WATERMARKS, WAITING)


class NotReplayable(Exception):  # noqa: N818 - it reads as what it says
    """A consumer does more than keep projections, so that doing it again would not leave the same world."""


def projections(service: Service) -> list[str]:
    """The collections of a service that only keeps projections.

    Raises:
        NotReplayable: it sends, waits for deadlines, or decides and publishes by itself.

    """
    outside = [("sends things out", service.channels), ("acts when time comes", service.deadlines)]
    own = [cls for cls in service.documents if issubclass(cls, Aggregate) and cls is not DeadLetter]
    outside.append(("publishes events of its own", dict.fromkeys(map(str, own))))
    for what, found in outside:
        if found:
            raise NotReplayable(f"{service.name} {what}: a replay would do it again. Only projections are replayed.")
    return sorted(cls.collection_name() for cls in service.documents if cls is not DeadLetter)


def state_hash(database: "Database[Row]", collections: Sequence[str]) -> str:
    """The hash of all rows, in the order of their keys and without regard to the order of fields."""
    digest = hashlib.sha256()
    for name in collections:
        digest.update(name.encode())
        for row in database[name].find().sort("_id", 1):
            digest.update(msgspec.json.encode(row, order="sorted"))
    return digest.hexdigest()


def discarded(database: "Database[Row]", group: str) -> frozenset[str]:
    """The dead letters that somebody decided to pass over: to a replay, too, they are not there."""
    rows = database[DeadLetter.collection_name()].find({"state": DISCARDED, "group": group}, {"_id": 1})
    return frozenset(row["_id"] for row in rows)


def clear(database: "Database[Row]", collections: Iterable[str]) -> None:
    """Remove all rows of these collections and how far the consumer has come; what people decided stays, and so do indexes."""
    for name in (*collections, *CONSUMED):
        database[name].delete_many({})


def marks(database: "Database[Row]", group: str) -> dict[tuple[str, str], Any]:
    """How far the consumer has come in each stream, and why it stopped there if it did."""
    rows = database[WATERMARKS].find({"group": group}, {"source": 1, "key": 1, "sequence": 1, "blocked": 1})
    return {(row["source"], row["key"]): (row["sequence"], row.get("blocked")) for row in rows}
