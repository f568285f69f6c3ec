"""What every kept document is."""

from typing import Any, ClassVar, Self

from mongoengine import Document, IntField
from pymongo import DeleteOne, InsertOne, ReplaceOne, UpdateOne

from chassis.context import current
from chassis.problems import Forbidden
from chassis.store import connection
from chassis.store.collection import ScopedCollection
from chassis.store.connection import Row
from chassis.store.unit import Write, current_unit, require_unit


class Stored(Document):
    """A document that is loaded once a transaction and written only if nobody else changed it meanwhile.

    ``territory`` names the fields that say where it belongs: the region's, then the province's. Empty: it belongs to
    nobody in particular and everybody may read it. ``version`` counts the saves, 0 before the first.
    """

    territory: ClassVar[tuple[str, ...]] = ()

    version = IntField(required=True, default=0)
    guard = IntField(required=True, default=0)

    meta: dict[str, Any] = {"abstract": True, "auto_create_index": False, "auto_create_index_on_save": False}

    @classmethod
    def collection_name(cls) -> str:
        """The collection its documents lie in."""
        return str(cls._get_collection_name())

    @classmethod
    def stored_name(cls, field: str) -> str:
        """The name under which a field is kept."""
        return "_id" if cls._fields[field].primary_key else str(cls._fields[field].db_field)

    @classmethod
    def _get_collection(cls) -> ScopedCollection:
        store = connection.store()
        kept: tuple[Any, ScopedCollection] | None = cls.__dict__.get("_scoped")
        if kept is None or kept[0] is not store:
            kept = (store, ScopedCollection(store, cls))
            cls._scoped = kept
        return kept[1]

    @classmethod
    def _from_son(cls, son: Row, *args: Any, **kwargs: Any) -> Self:
        unit = current_unit()
        if unit is None:
            return super()._from_son(son, *args, **kwargs)  # type: ignore[no-any-return]
        known = unit.known(cls, son["_id"])
        if known is None:
            known = super()._from_son(son, *args, **kwargs)
            if "version" in son:  # a projection of some fields is not the document
                unit.adopt(known)
        return known

    def region_and_province(self) -> tuple[str | None, str | None]:
        """Where this document belongs, as HCP codes."""
        region, province, *_ = [*(getattr(self, field) for field in self.territory), None, None]
        return region, province

    def save(self, *_: Any, **__: Any) -> Self:
        """Write this document when the transaction ends.

        Raises:
            Forbidden: it lies outside the current scope.
            mongoengine.ValidationError: a field holds what it may not.
            RuntimeError: no transaction is open.

        """
        self._must_be_admitted()
        self.validate()
        require_unit().change(self)
        return self

    def remove(self) -> None:
        """Delete this document when the transaction ends.

        Raises:
            Forbidden: it lies outside the current scope.

        """
        self._must_be_admitted()
        require_unit().remove(self)

    def _must_be_admitted(self) -> None:
        if not self.territory:
            return
        scope = current().scope
        if scope is None or not scope.admits(*self.region_and_province()):
            what = type(self).__name__.lower()
            raise Forbidden("outside-your-territory", f"This {what} lies outside the territory you may change.")

    # How it is written: a new one is inserted, a known one replaced where its version still stands.

    def write(self) -> Write:
        """The write that saves it."""
        row = dict(self.to_mongo())
        row["version"] = self.version + 1
        return InsertOne(row) if self.version == 0 else ReplaceOne(self._as_loaded(), row)

    def write_removal(self) -> Write:
        """The write that deletes it."""
        return DeleteOne(self._as_loaded())

    def write_guard(self) -> Write:
        """The write that makes a concurrent change of it conflict."""
        return UpdateOne(self._as_loaded(), {"$inc": {"guard": 1}})

    def _as_loaded(self) -> Row:
        return {"_id": self.pk, "version": self.version}
