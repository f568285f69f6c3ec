"""What time brings about: a document says when, and a command runs when that moment has come."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from pymongo import UpdateOne

from chassis import clock, metrics, telemetry
from chassis.context import Context, current, entered
from chassis.ids import new_id
from chassis.problems import Problem
from chassis.scope import of_region
from chassis.store import transaction
from chassis.store.connection import Row, store
from chassis.store.faults import Conflict, StoreAway
from chassis.store.unit import UnitOfWork, require_unit

log = structlog.get_logger(__name__)
COLLECTION = "deadlines"
LATER = timedelta(seconds=30)
F = TypeVar("F", bound=Callable[[str], Any])


@dataclass(frozen=True, slots=True)
class Deadline:
    """A named kind of deadline and what runs when one of it is due."""

    name: str
    run: Callable[[str], Any]


def deadline(name: str) -> Callable[[F], F]:
    """Declare what happens when a deadline of this name is due: a function of the id it was set for, run in a transaction."""

    def mark(run: F) -> F:
        run.__deadline__ = Deadline(name, run)  # type: ignore[attr-defined]
        return run

    return mark


def set_deadline(name: str, subject_id: str, *, due: datetime, region: str | None = None) -> None:
    """Set a deadline, or move it if it is set: one for each name and id. It is kept with the transaction."""
    context = current()
    row = {
        "name": name,
        "subject": subject_id,
        "due": due,
        "region": region,
        "correlation": context.correlation,
        "causation": context.causation,
        "by": context.by,
        "traceparent": context.traceparent,
    }
    # A new token each time, so that a deadline set again by what it runs is not taken for the one that has run.
    require_unit().add(COLLECTION, UpdateOne({"_id": _key(name, subject_id)}, {"$set": {**row, "token": new_id()}}, upsert=True))


def drop_deadline(name: str, subject_id: str) -> None:
    """Take a deadline away, if it is set."""
    require_unit().delete_now(COLLECTION, {"_id": _key(name, subject_id)})


class Timekeeper:
    """Runs the deadlines that are due, each in a transaction that also takes it away."""

    def __init__(self, deadlines: dict[str, Deadline]) -> None:
        self._deadlines = deadlines

    def round(self, limit: int = 50) -> int:
        """Run what is due now.

        Returns:
            How many ran.

        Raises:
            StoreAway: the store does not answer.

        """
        rows = list(store().database[COLLECTION].find({"due": {"$lte": clock.now()}}).sort("due", 1).limit(limit))
        return sum(self._run(row) for row in rows)

    def _run(self, row: Row) -> bool:
        name = row["name"]
        context = Context(
            by=row["by"], scope=of_region(row["region"]), correlation=row["correlation"], causation=row["causation"]
        )
        try:
            with telemetry.running(name, row.get("traceparent")) as span, entered(replace(context, traceparent=span.traceparent)):
                done = self._in_its_context(row)
        except StoreAway:
            raise
        except Conflict:
            return False  # it is still there and due, and comes round again at once
        except Exception:  # noqa: BLE001 - logged where it was known what caused it
            metrics.DEADLINES_RUN.labels(name=name, outcome="failed").inc()
            self._postpone(row)
            return False
        metrics.DEADLINES_RUN.labels(name=name, outcome="done" if done else "gone").inc()
        return done

    def _in_its_context(self, row: Row) -> bool:
        try:
            return transaction.run(lambda unit: self._in_transaction(unit, row))
        except (StoreAway, Conflict):
            raise
        except Exception as error:
            about = {"deadline": row["name"], "subject": row["subject"], "error": type(error).__name__}
            log.error("deadline.failed", **about, exc_info=not isinstance(error, Problem))  # noqa: TRY400 - a broken rule needs no trace
            raise

    def _in_transaction(self, unit: UnitOfWork, row: Row) -> bool:
        taken = unit.delete_now(COLLECTION, {"_id": row["_id"], "token": row["token"]})
        if taken:
            self._deadlines[row["name"]].run(row["subject"])
        return taken

    def _postpone(self, row: Row) -> None:
        known = {"_id": row["_id"], "token": row["token"]}
        store().database[COLLECTION].update_one(known, {"$set": {"due": clock.now() + LATER}, "$inc": {"failures": 1}})


def _key(name: str, subject_id: str) -> str:
    return f"{name}/{subject_id}"
