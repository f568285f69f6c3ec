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
    unit = current_unit()
    if unit is not None:
        if unit.gone(cls, key):
            return None
        known = unit.known(cls, key)
        if known is not None:
            return known if _visible(known) else None
    found: S | None = cls.objects(pk=key).first()
    return found


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
    """The documents with these keys, by key, in one round trip for those not loaded yet."""
    unit = current_unit()
    found: dict[Any, S] = {}
    missing = []
    for key in dict.fromkeys(keys):
        known = unit.known(cls, key) if unit is not None else None
        if known is None:
            missing.append(key)
        elif _visible(known):
            found[key] = known
    if missing:
        found.update({document.pk: document for document in cls.objects(pk__in=missing)})
    return found


def hold(document: S) -> S:
    """The same document, guarded: a transaction that changes it meanwhile conflicts with this one.

    Snapshot isolation lets two transactions each rely on what the other changes. What a rule relied on and does not
    itself write is held.
    """
    require_unit().hold(document)
    return document


def _visible(document: Stored) -> bool:
    """Whether the scope admits it: a batch has loaded documents for events of several regions."""
    scope = current().scope
    return not document.territory or (scope is not None and scope.admits(*document.region_and_province()))
