"""Leases: who does what only one should do at a time. They save work; nothing may go wrong without them."""

from datetime import UTC, datetime, timedelta

from pymongo import ReturnDocument
from pymongo.errors import OperationFailure

from chassis.store.connection import store
from chassis.store.faults import Conflict, meaning

LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Lease:
    """A named lease that ``holder`` renews while it works and others take over when it has run out."""

    def __init__(self, name: str, holder: str, seconds: float = 10.0) -> None:
        self._name, self._holder, self._length = name, holder, timedelta(seconds=seconds)
        self._renew_at = LONG_AGO

    def held(self) -> bool:
        """Whether this holder has it, renewing it when half of it has passed.

        Raises:
            pymongo.errors.PyMongoError: the store does not answer.

        """
        now = datetime.now(UTC)
        return now < self._renew_at or self._take(now)

    def release(self) -> None:
        """Give it up, so that the next one need not wait for its end."""
        store().database.leases.delete_one({"_id": self._name, "holder": self._holder})
        self._renew_at = LONG_AGO

    def _take(self, now: datetime) -> bool:
        mine_or_over = {"_id": self._name, "$or": [{"holder": self._holder}, {"until": {"$lte": now}}]}
        changes = {"$set": {"holder": self._holder, "until": now + self._length}}
        try:
            store().database.leases.find_one_and_update(
                mine_or_over, changes, upsert=True, return_document=ReturnDocument.AFTER
            )
        except OperationFailure as error:
            if isinstance(meaning(error), Conflict):  # somebody holds it, or took it just now
                return False
            raise
        self._renew_at = now + self._length / 2
        return True
