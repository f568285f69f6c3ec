"""The collection that documents read through. It carries the session and the scope, so that no query can forget them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from pymongo.collection import Collection
from pymongo.cursor import Cursor

from chassis import metrics
from chassis.context import current
from chassis.problems import Forbidden
from chassis.store.connection import Row, Store
from chassis.store.unit import current_unit

if TYPE_CHECKING:
    from chassis.store.documents import Stored

# Everything by which a collection could be written to around the unit of work.
_WRITES = (
    "insert_one", "insert_many", "update_one", "update_many", "replace_one", "delete_one", "delete_many", "bulk_write",
    "find_one_and_update", "find_one_and_replace", "find_one_and_delete", "find_raw_batches", "aggregate_raw_batches",
)  # fmt: skip


class TimedCursor(Cursor[Row]):
    """A cursor of which it is measured how long each of its batches takes to come."""

    def _refresh(self) -> int:
        if not self.alive:
            return super()._refresh()
        with metrics.timed("find"):
            return super()._refresh()


class ScopedCollection(Collection[Row]):
    """Reads within the current scope and transaction; refuses to write."""

    def __init__(self, store: Store, cls: "type[Stored]") -> None:
        database = store.database
        super().__init__(database, cls.collection_name(), codec_options=database.codec_options)
        self._cls = cls

    def with_options(self, *_: Any, **__: Any) -> "ScopedCollection":  # type: ignore[override]
        """Stay what it is: a copy with other options would lose session and scope."""
        return self

    def find(self, filter: Any = None, *args: Any, **kwargs: Any) -> Cursor[Row]:  # noqa: A002 - PyMongo's own name
        """Find what the scope admits."""
        return TimedCursor(self, self._scoped(filter), *args, **self._with_session(kwargs))

    def by_keys(self, keys: Sequence[Any]) -> Cursor[Row]:
        """Find by primary key what the scope admits. Pending changes need no flush first: the unit of work knows them by key."""
        unit = current_unit()
        query = self._scoped({"_id": keys[0] if len(keys) == 1 else {"$in": list(keys)}})
        return TimedCursor(self, query, session=unit.session if unit else None)

    def sees_all(self) -> bool:
        """Whether the scope hides nothing of this collection."""
        return not self._limit()

    def find_one(self, filter: Any = None, *args: Any, **kwargs: Any) -> Row | None:  # noqa: A002 - PyMongo's own name
        """Find one that the scope admits."""
        query = {"_id": filter} if filter is not None and not isinstance(filter, Mapping) else filter
        for row in self.find(query, *args, **kwargs).limit(-1):
            return row
        return None

    def count_documents(self, filter: Any, *args: Any, **kwargs: Any) -> int:  # noqa: A002 - PyMongo's own name
        """Count what the scope admits."""
        with metrics.timed("count"):
            return super().count_documents(self._scoped(filter), *args, **self._with_session(kwargs))

    def estimated_document_count(self, *_: Any, **__: Any) -> int:
        """Count exactly, since an estimate would count what the scope hides."""
        return self.count_documents({})

    def distinct(self, key: str, filter: Any = None, *args: Any, query: Any = None, **kwargs: Any) -> list[Any]:  # noqa: A002
        """Distinct values of what the scope admits. MongoEngine says ``query``, PyMongo ``filter``."""
        wanted = self._scoped(filter if query is None else query)
        with metrics.timed("distinct"):
            return super().distinct(key, wanted, *args, **self._with_session(kwargs))

    def aggregate(self, pipeline: Sequence[Mapping[str, Any]], *args: Any, **kwargs: Any) -> Any:
        """Aggregate what the scope admits."""
        if any(stage.keys() & {"$lookup", "$unionWith", "$graphLookup", "$out", "$merge"} for stage in pipeline):
            raise ValueError("A pipeline that reaches into another collection would leave the scope: join in the query code.")
        with metrics.timed("aggregate"):
            return super().aggregate([{"$match": self._scoped(None)}, *pipeline], *args, **self._with_session(kwargs))

    def _scoped(self, query: Mapping[str, Any] | None) -> Mapping[str, Any]:
        limit = self._limit()
        if not limit:
            return query or {}
        # Side by side where that is possible: SecantusDB takes no index for a query that begins with $and.
        return {"$and": [query, limit]} if query and query.keys() & limit.keys() else {**(query or {}), **limit}

    def _limit(self) -> Row:
        territory = self._cls.territory
        if not territory:
            return {}
        scope = current().scope
        if scope is None:
            what = self._cls.__name__
            raise Forbidden("no-territory", f"Nobody said which territory this work is about, so no {what} can be read.")
        return scope.filter([self._cls.stored_name(field) for field in territory])

    def _with_session(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        unit = current_unit()
        if unit is None:
            return kwargs
        unit.flush_before_reading(self._cls)
        return {**kwargs, "session": unit.session}


def _refuse(name: str) -> Any:
    def refuse(self: ScopedCollection, *_: Any, **__: Any) -> NoReturn:
        raise TypeError(f"{self.name}.{name}() would write around the transaction: change the document and save() it.")

    return refuse


for _name in _WRITES:
    setattr(ScopedCollection, _name, _refuse(_name))
