"""The keys whose events wait: how many, why, for whom, how long."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.consumer.ledger import WATERMARKS
from chassis.consumer.marks import Blocked
from chassis.store.connection import store

LATE = timedelta(seconds=5)
"""How long an event may wait before it has missed the objective of freshness."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Numbers of keys by reason and awaited service ("" for none); how many wait too long; the longest wait in seconds."""

    by_reason: dict[tuple[str, str], int]
    late: int
    oldest_seconds: float

    @property
    def keys(self) -> int:
        """How many wait at all."""
        return sum(self.by_reason.values())


def keys_that_wait(group: str, now: datetime) -> Waiting:
    """Count the waiting keys of a consumer at a moment of the machine's time, in one question to the store."""
    late = {"$sum": {"$cond": [{"$lt": ["$since", now - LATE]}, 1, 0]}}
    key = {"reason": "$blocked", "awaits": {"$ifNull": ["$awaits", ""]}}
    counted = {"_id": key, "keys": {"$sum": 1}, "late": late, "oldest": {"$min": "$since"}}
    rows = list(store().database[WATERMARKS].aggregate([{"$match": {"halted": True, "group": group}}, {"$group": counted}]))
    by_reason: Counter[tuple[str, str]] = Counter()
    for row in rows:
        reason = row["_id"]["reason"]
        by_reason[reason, _service(row["_id"]["awaits"]) if reason == Blocked.NOT_YET else ""] += row["keys"]
    oldest = min((row["oldest"] for row in rows if row["oldest"]), default=now)
    return Waiting(dict(by_reason), sum(row["late"] for row in rows), max(0.0, (now - oldest).total_seconds()))


def _service(awaits: str) -> str:
    """The service that publishes the awaited stream, `/nassij/registry|pack/fes-meknes@1`."""
    return awaits.partition("|")[0].rpartition("/")[2]
