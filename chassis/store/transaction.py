"""Transactions: run a piece of work so that it happens once and wholly, or not at all."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pymongo.client_session import ClientSession
from pymongo.errors import InvalidOperation, PyMongoError
from pymongo.read_preferences import ReadPreference

from chassis import metrics
from chassis.store.connection import DURABLE, SNAPSHOT, store
from chassis.store.faults import Conflict, DuplicateValue, StoreAway, meaning
from chassis.store.unit import UnitOfWork, working

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often a transaction is run again after a conflict."""

    seconds: float = 10.0
    duplicates: int = 3
    longest_wait: float = 0.2


DEFAULT = Patience()


def once(work: Callable[[UnitOfWork], T]) -> T:
    """Run ``work`` in one transaction, one time.

    Raises:
        Conflict: somebody else changed the same thing first; nothing was written.
        StoreAway: the store went away; whether the work was committed is not known.

    """
    session = store().session()
    began = time.perf_counter()
    try:
        result = _attempt(session, work)
    except BaseException as error:
        _abandon(session)
        found = meaning(error)
        metrics.TRANSACTIONS.labels(outcome=_outcome(found)).inc()
        if found is not None and found is not error:
            raise found from error
        raise
    metrics.TRANSACTIONS.labels(outcome="committed").inc()
    metrics.STORE_SECONDS.labels(operation="transaction").observe(time.perf_counter() - began)
    return result


def run(work: Callable[[UnitOfWork], T], patience: Patience = DEFAULT) -> T:
    """Run ``work`` in a transaction, again as a whole after a conflict.

    Raises:
        Conflict: it still conflicted when patience ended.
        DuplicateValue: a unique index refused it each time.
        StoreAway: the store went away.

    """
    deadline = time.monotonic() + patience.seconds
    duplicates, attempt = 0, 0
    while True:
        try:
            return once(work)
        except Conflict as conflict:
            duplicates += isinstance(conflict, DuplicateValue)
            if duplicates >= patience.duplicates or time.monotonic() > deadline:
                raise
        attempt += 1
        pause(attempt, patience.longest_wait)


def pause(attempt: int, longest: float) -> None:
    """Wait a random while that grows with the attempts, so that those who met do not meet again."""
    time.sleep(random.uniform(0, min(longest, 0.002 * 2**attempt)))  # noqa: S311 - no secret hangs on it


def _attempt(session: ClientSession, work: Callable[[UnitOfWork], T]) -> T:
    session.start_transaction(SNAPSHOT, DURABLE, ReadPreference.PRIMARY)
    unit = UnitOfWork(store(), session)
    with working(unit):
        result = work(unit)
        unit.flush()
    _commit(session)
    return result


def _commit(session: ClientSession, attempts: int = 5) -> None:
    """Commit; an answer that was lost on the way is asked for again, which the protocol allows."""
    for left in reversed(range(attempts)):
        try:
            with metrics.timed("commit"):
                session.commit_transaction()
        except PyMongoError as error:
            if not left or not error.has_error_label("UnknownTransactionCommitResult"):
                raise
            pause(attempts - left + 3, 0.5)
        else:
            return


def _abandon(session: ClientSession) -> None:
    try:
        if session.in_transaction:
            session.abort_transaction()
    except (PyMongoError, InvalidOperation):
        # The store is gone or has ended the transaction itself; a fresh session owes nothing to this one.
        store().forget_session()


def _outcome(found: Conflict | StoreAway | None) -> str:
    if isinstance(found, Conflict):
        return "conflict"
    return "failed" if found else "refused"
