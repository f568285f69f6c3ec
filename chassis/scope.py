"""What part of the country a piece of work may see and change."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from chassis.context import current, entered


@dataclass(frozen=True, slots=True)
class Scope:
    """A set of regions and, below them, of provinces, by HCP code; ``None`` means all of them."""

    regions: frozenset[str] | None = None
    provinces: frozenset[str] | None = None

    def filter(self, territory: Sequence[str]) -> dict[str, Any]:
        """The query that keeps documents whose ``territory`` fields (region, then province) lie inside this scope."""
        if len(territory) > 1 and self.provinces is not None:
            return {territory[1]: _one_of(self.provinces)}
        if territory and self.regions is not None:
            return {territory[0]: _one_of(self.regions)}
        return {}

    def sees(self, places: Sequence[Any]) -> bool:
        """Whether ``filter`` would keep a document with these territory values; one of several regions lies in each."""
        if len(places) > 1 and self.provinces is not None:
            return places[1] in self.provinces
        if not places or self.regions is None:
            return True
        regions = places[0] if isinstance(places[0], (list, tuple)) else [places[0]]
        return any(region in self.regions for region in regions)

    def admits(self, region: str | None, province: str | None) -> bool:
        """Whether a document of this region and province lies inside; a document without a province is the region's."""
        if self.provinces is not None and province is not None:
            return province in self.provinces
        return self.regions is None or region in self.regions


EVERYWHERE = Scope()


def of_region(region: str | None) -> Scope:
    """The scope of one region, or of the whole country where something belongs to no region."""
    return Scope(frozenset({region})) if region else EVERYWHERE


@contextmanager
def unscoped(why: str) -> Iterator[None]:
    """Work over the whole country, with the reason in the code's own words."""
    if not why:
        raise ValueError("unscoped() wants the reason.")
    with entered(replace(current(), scope=EVERYWHERE)):
        yield


def _one_of(codes: frozenset[str]) -> Any:
    # One code as an equality: every store walks the index for it, also those that scan for a short $in.
    return next(iter(codes)) if len(codes) == 1 else {"$in": sorted(codes)}
