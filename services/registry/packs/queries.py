"""Finding packs."""

from functools import lru_cache
from typing import Any

from chassis.problems import RuleBroken
from chassis.queries import find, get
from chassis.store.connection import store
from services.registry.packs.events import PackRef
from services.registry.packs.model import Pack
from vocabulary.pack import Pack as Content


def pack(reference: str) -> Pack:
    """The pack with a reference such as `fes-meknes@1.0`. Raises NotFound."""
    return get(Pack, reference)


def content(reference: str) -> Content:
    """What is in the pack with this reference. A published pack never changes, so a process reads it once. Raises NotFound."""
    return _content(store().database.name, reference)


@lru_cache(maxsize=64)
def _content(_database: str, reference: str) -> Content:
    return pack(reference).content()


def published(ref: PackRef) -> Pack:
    """The pack that a rule builds on.

    Raises:
        RuleBroken: ``pack-not-published``.

    """
    found = find(Pack, ref.reference)
    if found is None:
        raise RuleBroken("pack-not-published", f"The pack {ref.reference} is not published: publish it first (POST /v1/packs).")
    return found


def packs() -> Any:
    """All packs, as a query; their documents are left in the store."""
    return Pack.objects.exclude("document")
