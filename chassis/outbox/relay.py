"""The relay: publishes what lies in the outbox, in order, and marks it when the broker has it."""

import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import takewhile
from typing import Protocol

import structlog
from pymongo import UpdateOne

from chassis import metrics, telemetry
from chassis.ids import earliest_id
from chassis.lease import Lease
from chassis.outbox.rows import Row
from chassis.store import transaction
from chassis.store.connection import store
from chassis.store.unit import OUTBOX

log = structlog.get_logger(__name__)
BUSY_WAIT, IDLE_WAIT = 0.01, 0.2
AT_ONCE = 1000


class PublishFailed(Exception):  # noqa: N818
    """The broker did not take what was sent in time."""


class Publisher(Protocol):
    """Something that brings records to the log."""

    def publish(self, rows: Sequence[Row]) -> list[bool]:
        """Send these rows in their order and say of each whether the log has it, within a bound.

        Raises:
            PublishFailed: the log cannot be reached at all.

        """

    def close(self) -> None:
        """Give up the connection."""


class Relay:
    """Moves rows from outbox to log. Two at once do no harm: what is published twice is a duplicate to every consumer."""

    def __init__(self, publisher: Publisher, lease: Lease) -> None:
        self._publisher, self._lease = publisher, lease
        self._woken = threading.Event()
        self._idle_wait = BUSY_WAIT

    def wake(self) -> None:
        """Say that something new lies in the outbox."""
        self._woken.set()

    def round(self) -> int:
        """Publish what is pending, if this relay holds the lease.

        Returns:
            How many events the log has now.

        Raises:
            pymongo.errors.PyMongoError, StoreAway: the store does not answer.
            Conflict: another relay marks the same rows at this moment.
            PublishFailed: the log does not.

        """
        held = self._lease.held()
        metrics.RELAY_LEASE_HELD.set(held)
        try:
            return self._publish() if held else 0
        except PublishFailed:
            metrics.OUTBOX_FAILED.inc()
            raise

    def rest(self, moved: int) -> None:
        """Wait until woken, shortly after work and longer the longer nothing came."""
        self._idle_wait = BUSY_WAIT if moved else min(self._idle_wait * 1.5, IDLE_WAIT)
        self._woken.wait(self._idle_wait)
        self._woken.clear()

    def close(self) -> None:
        """Give up lease and connection."""
        self._publisher.close()
        self._lease.release()

    def _publish(self) -> int:
        outbox = store().database.outbox
        with metrics.timed("find"):
            rows = list(outbox.find({"pending": True}).sort("_id", 1).limit(AT_ONCE))
        if not rows:
            return 0
        rows.sort(key=lambda row: (row["key"], row["sequence"]))
        began = time.time_ns()
        published = _prefixes(rows, self._publisher.publish(rows))
        telemetry.published(published, began)
        now = datetime.now(UTC)
        if published:
            _mark(published, now)
        metrics.OUTBOX_PUBLISHED.inc(len(published))
        metrics.OUTBOX_DELAY_SECONDS.observe_all((now - row["at"]).total_seconds() for row in published)
        if len(published) < len(rows):
            raise PublishFailed(f"{len(rows) - len(published)} of {len(rows)} events were not taken")
        return len(published)


def _mark(rows: Sequence[Row], at: datetime) -> None:
    """Mark rows as published, each by its id in one transaction: a store that syncs its log does so once and not once a row."""
    changes = {"$unset": {"pending": ""}, "$set": {"published": at}}
    marks = [UpdateOne({"_id": row["_id"]}, changes) for row in rows]
    transaction.once(lambda unit: unit.add(OUTBOX, *marks))


def _prefixes(rows: Sequence[Row], taken: Sequence[bool]) -> list[Row]:
    """Of each key, the rows up to the first that was not taken: what came after it is sent again behind it."""
    by_key: defaultdict[str, list[tuple[Row, bool]]] = defaultdict(list)
    for row, ok in zip(rows, taken, strict=True):
        by_key[row["topic"] + row["key"]].append((row, ok))
    return [row for pairs in by_key.values() for row, _ in takewhile(lambda pair: pair[1], pairs)]


def republish(since: datetime, key: str | None = None) -> int:
    """Publish again what was recorded since a moment (of the machine's time); consumers see duplicates.

    Returns:
        How many events will go out again.

    """
    # An id tells when it was made, so the primary key finds them, and no write pays for an index that is hardly ever asked.
    query: Row = {"_id": {"$gte": earliest_id(since)}, **({"key": key} if key else {})}
    return store().database.outbox.update_many(query, {"$set": {"pending": True}}).modified_count
