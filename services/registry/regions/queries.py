"""Finding regions."""

from typing import Any

from chassis.problems import RuleBroken
from chassis.queries import get
from services.registry.packs import queries as packs
from services.registry.regions.model import Region
from vocabulary.pack import Pack as Content


def region(code: str) -> Region:
    """The region with this HCP code. Raises NotFound."""
    return get(Region, code)


def regions(state: str | None = None) -> Any:
    """The regions in a state, or all that the scope admits, as a query."""
    return Region.objects(state=state) if state else Region.objects


def pack_of(code: str) -> Content:
    """What is in the pack that a region joined with.

    Raises:
        NotFound: there is no such region.
        RuleBroken: ``region-not-joined``.

    """
    found = region(code)
    if not found.pack:
        raise RuleBroken(
            "region-not-joined",
            f"Region {code} has not joined the programme: let it join first (POST /v1/regions/{code}/join).",
            region=code,
        )
    return packs.content(found.pack)
