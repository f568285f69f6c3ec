"""Finding packs."""

from typing import Any

from chassis.problems import RuleBroken
from chassis.queries import find, get
from services.registry.packs.events import PackRef
from services.registry.packs.model import Pack


def pack(reference: str) -> Pack:
    """The pack with a reference such as `fes-meknes@1.0`. Raises NotFound."""
    return get(Pack, reference)


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
