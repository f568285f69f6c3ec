"""How a service does, from its own store: for operators, and for the gauges of its mechanics."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from chassis import clock, metrics
from chassis.consumer.waiting import keys_that_wait
from chassis.consumer.worker import Worker
from chassis.intents import PENDING
from chassis.service import Service
from chassis.settings import Settings
from chassis.store.connection import Row, store


def status(service: Service, settings: Settings, worker: Worker | None) -> dict[str, Any]:
    """Consumer, outbox, intents and deadlines in figures; ages in seconds."""
    found = {
        "service": service.name,
        "instance": settings.instance,
        "clock": clock.now().isoformat(),
        "consumer": _consumer(service.name, worker),
        "outbox": _outbox(),
        "intents": _intents(service.channels),
        "deadlines": _deadlines(),
    }
    _set_gauges(found)
    return found


def _consumer(group: str, worker: Worker | None) -> dict[str, Any]:
    waiting = keys_that_wait(group, datetime.now(UTC))
    return {
        "group": group,
        "state": worker.state.value if worker else "absent",
        "reason": worker.reason if worker else None,
        "lag": sum(worker.log.lag().values()) if worker else None,
        "waiting_keys": waiting.keys,
        "waiting_keys_late": waiting.late,
        "waiting_by_reason": [{"reason": why, "awaits": whom, "keys": n} for (why, whom), n in waiting.by_reason.items()],
        "oldest_waiting_seconds": waiting.oldest_seconds,
        "dead_letters": store().database.deadletters.count_documents({"state": "open"}),
    }


def _outbox() -> dict[str, Any]:
    outbox = store().database.outbox
    oldest = outbox.find_one({"pending": True}, sort=[("_id", 1)])
    return {"pending": outbox.count_documents({"pending": True}), "oldest_seconds": _age(oldest, "at", datetime.now(UTC))}


def _intents(kinds: Iterable[str]) -> dict[str, Any]:
    intents, now = store().database.intents, clock.now()
    due = {"state": PENDING, "due": {"$lte": now}}
    by_kind = {kind: intents.count_documents({**due, "kind": kind}) for kind in kinds}
    return {
        "pending": intents.count_documents({"state": PENDING}),
        "due": sum(by_kind.values()),
        "due_by_kind": by_kind,
        "oldest_seconds": _age(intents.find_one(due, sort=[("due", 1)]), "due", now),
    }


def _deadlines() -> dict[str, Any]:
    deadlines, now = store().database.deadlines, clock.now()
    due = {"due": {"$lte": now}}
    oldest = deadlines.find_one(due, sort=[("due", 1)])
    return {"overdue": deadlines.count_documents(due), "oldest_seconds": _age(oldest, "due", now)}


def _age(row: Row | None, field: str, now: datetime) -> float:
    return max(0.0, (now - row[field]).total_seconds()) if row else 0.0


def _set_gauges(found: dict[str, Any]) -> None:
    by_reason = found["consumer"]["waiting_by_reason"]
    metrics.show(metrics.WAITING_KEYS, {(row["reason"], row["awaits"]): row["keys"] for row in by_reason})
    metrics.WAITING_KEYS_LATE.set(found["consumer"]["waiting_keys_late"])
    metrics.WAITING_OLDEST_SECONDS.set(found["consumer"]["oldest_waiting_seconds"])
    metrics.DEAD_LETTERS.labels(state="open").set(found["consumer"]["dead_letters"])
    metrics.OUTBOX_PENDING.set(found["outbox"]["pending"])
    metrics.OUTBOX_OLDEST_SECONDS.set(found["outbox"]["oldest_seconds"])
    metrics.INTENTS_OLDEST_SECONDS.set(found["intents"]["oldest_seconds"])
    for kind, due in found["intents"]["due_by_kind"].items():
        metrics.INTENTS_PENDING.labels(kind=kind).set(due)
    metrics.DEADLINES_OVERDUE.set(found["deadlines"]["overdue"])
    metrics.DEADLINES_OLDEST_SECONDS.set(found["deadlines"]["oldest_seconds"])
