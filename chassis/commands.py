"""Commands: one use case, one transaction, one time, however often it is asked for."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from pymongo import InsertOne

from chassis import results
from chassis.context import current
from chassis.ids import new_id
from chassis.problems import Invalid, PreconditionFailed, RuleBroken, Unavailable
from chassis.store import transaction
from chassis.store.connection import Row
from chassis.store.documents import Stored
from chassis.store.faults import Conflict, DuplicateValue, StoreAway
from chassis.store.unit import UnitOfWork, current_unit

P = ParamSpec("P")
R = TypeVar("R")
RECORDS = "requests"


def command(use_case: Callable[P, R]) -> Callable[P, R]:
    """Make a use case a command.

    The outermost command opens the transaction; those it calls join it (one outermost command a request, since the key is
    the request's). It is run again as a whole after a conflict, so
    it has no effect but what it saves. Its idempotency record (``Idempotency-Key`` given or one made for it) is written
    in the same transaction and looked up first: a commit whose answer was lost does not act twice.

    Raises:
        RuleBroken: ``already-exists`` where a unique index refused it and no rule said why.
        Unavailable: the store is away, or others kept changing the same things.

    """

    @wraps(use_case)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if current_unit() is not None:
            return use_case(*args, **kwargs)
        return cast("R", in_transaction(lambda: use_case(*args, **kwargs)))

    return run


def in_transaction(use_case: Callable[[], Any]) -> Any:
    """Run ``use_case`` as ``command`` says."""
    key = current().idempotency_key or new_id()
    try:
        return transaction.run(lambda unit: _with_record(unit, key, use_case))
    except DuplicateValue as error:
        raise RuleBroken("already-exists", "Something of this identity exists already: look it up before you add it.") from error
    except Conflict as error:
        raise Unavailable("busy", "Others are changing the same things just now: send the same request again.") from error
    except StoreAway as error:
        raise Unavailable("store-away", "The store does not answer: send the same request again in a moment.") from error


def _with_record(unit: UnitOfWork, key: str, use_case: Callable[[], Any]) -> Any:
    found = unit.store.database[RECORDS].find_one({"_id": key}, session=unit.session)
    if found is not None:
        return _again(found)
    result = use_case()
    _check_expected_version(result)
    unit.add(RECORDS, InsertOne(_record(key, result)))
    return result


def _record(key: str, result: Any) -> Row:
    return {
        "_id": key,
        "fingerprint": current().fingerprint,
        "result": results.pack(result),
        "at": datetime.now(UTC),  # the store's own clock ends it
    }


def _again(record: Row) -> Any:
    if record["fingerprint"] != current().fingerprint:
        raise Invalid(
            "idempotency-key-reused",
            "This Idempotency-Key was used for another request: make a new key for each new request.",
        )
    return results.unpack(record["result"])


def _check_expected_version(result: Any) -> None:
    expected = current().expected_version
    if expected is not None and isinstance(result, Stored) and result.version != expected:
        raise PreconditionFailed(
            "changed-meanwhile",
            "Somebody changed this after you read it: read it again and decide anew.",
            expected=expected,
            found=result.version,
        )
