"""What a store's error means for the work at hand."""

from collections.abc import Iterator

from pymongo.errors import (
    AutoReconnect,
    BulkWriteError,
    ConnectionFailure,
    DuplicateKeyError,
    PyMongoError,
    WTimeoutError,
)

WRITE_CONFLICT = 112
DUPLICATE_KEY = 11000
# What a store says while it starts, stops, changes its primary or refuses a session of a dead process.
PASSING = frozenset({6, 7, 89, 91, 189, 216, 225, 251, 262, 9001, 10107, 11600, 11602, 13435, 13436})


class Conflict(Exception):  # noqa: N818 - the field's word
    """Somebody else changed the same thing first; the work can be done again as a whole."""


class StoreAway(Exception):  # noqa: N818
    """The store does not answer now. The work is to be tried again later; nothing is wrong with it."""


class DuplicateValue(Conflict):
    """A unique index refused a write. Done again, the rule sees the other document and says so in its own words."""


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it was raised from. MongoEngine wraps the store's own error more than once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def meaning(error: BaseException) -> Conflict | StoreAway | None:
    """``Conflict`` or ``StoreAway`` where the error is one of these in disguise, else ``None``."""
    for cause in causes(error):
        if isinstance(cause, (Conflict, StoreAway)):
            return cause
        if isinstance(cause, PyMongoError) and (found := _of_store(cause)) is not None:
            return found
    return None


def _of_store(error: PyMongoError) -> Conflict | StoreAway | None:
    codes = set(_codes(error))
    if isinstance(error, DuplicateKeyError) or DUPLICATE_KEY in codes:
        return DuplicateValue(str(error))
    if WRITE_CONFLICT in codes:
        return Conflict("write conflict")
    if isinstance(error, (ConnectionFailure, AutoReconnect, WTimeoutError)) or codes & PASSING:
        return StoreAway(str(error))
    if error.has_error_label("TransientTransactionError"):
        return Conflict("transient transaction error")
    return None


def _codes(error: PyMongoError) -> Iterator[int]:
    code = getattr(error, "code", None)
    if isinstance(code, int):
        yield code
    if isinstance(error, BulkWriteError):
        yield from (row["code"] for row in error.details.get("writeErrors", ()))
