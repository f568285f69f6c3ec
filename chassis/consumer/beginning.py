"""A consumer's beginnings: what was recorded before the first is a replay to it, however old it is when it comes."""

from datetime import UTC, datetime

from chassis.store.connection import store

CONSUMERS = "consumers"


class CutShort(Exception):  # noqa: N818 - it reads as what it says
    """A rebuild of a consumer's projections was begun and not ended, so they are not whole."""


def first_started(group: str) -> datetime:
    """When this group first started on its store, by the machine's clock; written down by whoever asks first.

    Raises:
        pymongo.errors.PyMongoError: the store does not answer.

    """
    rows = store().database[CONSUMERS]
    # The least of both moments: a row that a rebuild has made holds none yet.
    rows.update_one({"_id": group}, {"$min": {"started": datetime.now(UTC)}}, upsert=True)
    row = rows.find_one({"_id": group})
    if row is None:
        raise RuntimeError(f"The store keeps no row of the consumer {group} in {CONSUMERS}.")
    started: datetime = row["started"]
    return started


def begin_rebuild(group: str) -> None:
    """Note that the group's projections are being made anew: until ``end_rebuild`` they are not whole."""
    store().database[CONSUMERS].update_one({"_id": group}, {"$set": {"rebuilding": True}}, upsert=True)


def end_rebuild(group: str) -> None:
    """Note that they are whole again."""
    store().database[CONSUMERS].update_one({"_id": group}, {"$unset": {"rebuilding": ""}})


def is_rebuilding(group: str) -> bool:
    """Whether a rebuild was begun and has not ended."""
    return store().database[CONSUMERS].find_one({"_id": group, "rebuilding": True}) is not None
