"""Finding documents: by key, several at once, and held so that what a rule relied on cannot change meanwhile."""

from collections.abc import Collection
from typing import Any, TypeVar

from chassis.context import current
from chassis.problems import NotFound
from chassis.store.documents import Stored
from chassis.store.unit import current_unit, require_unit

S = TypeVar("S", bound=Stored)


def find(cls: type[S], key: Any) -> S | None:
    """The document with this key, or ``None`` where there is none that the scope admits."""
    return get_many(cls, [key]).get(key)


def get(cls: type[S], key: Any) -> S:
    """The document with this key.

    Raises:
        NotFound: there is none that the scope admits.

    """
    found = find(cls, key)
    if found is None:
        raise NotFound(cls.__name__.lower(), key)
    return found


def get_many(cls: type[S], keys: Collection[Any]) -> dict[Any, S]:
    """The documents with these keys that the scope admits, by key, in one round trip for those not loaded yet.

    Inside a transaction what it found, and what it found missing, is not asked for again: the snapshot does not change.
    """
    unit, collection = current_unit(), cls._get_collection()
    if unit is None:
        return {row["_id"]: cls._from_son(row) for row in collection.by_keys(list(dict.fromkeys(keys)))}
    asked = [key for key in dict.fromkeys(keys) if not unit.settled(cls, key)]
    if asked:
        rows = {row["_id"]: row for row in collection.by_keys(asked)}
        if collection.sees_all():
            unit.note_absent(cls, [key for key in asked if key not in rows])
        for row in rows.values():
            cls._from_son(row)  # the unit of work adopts it
    known = {key: unit.known(cls, key) for key in keys}
    return {key: document for key, document in known.items() if document is not None and _visible(document)}


def hold(document: S) -> S:
    """The same document, guarded: a transaction that changes it meanwhile conflicts with this one.

    Snapshot isolation lets two transactions each rely on what the other changes. What a rule relied on and does not
    itself write is held.
    """
    require_unit().hold(document)
    return document


def _visible(document: Stored) -> bool:
    """Whether the scope admits it: a batch has loaded documents for events of several regions."""
    if not document.territory:
        return True
    scope = current().scope
    return scope is not None and scope.sees([getattr(document, field) for field in document.territory])
