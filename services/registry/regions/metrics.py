"""Figures about regions."""

from collections.abc import Iterator, Sequence

from chassis.metrics import domain_gauge
from services.registry.regions.model import Preparation, Region, Rollout

PREPARED = ("prepared", "awaited", "overdue")


@domain_gauge("nassij_region_state", "1 for the state a region's roll-out is in.", ["region", "state"], {"state": list(Rollout)})
def states() -> Iterator[tuple[Sequence[str], float]]:
    """Each region's state."""
    for region in Region.objects.only("code", "state"):
        yield (region.code, str(region.state)), 1


@domain_gauge(
    "nassij_region_services",
    "Services that prepare themselves for a region: prepared, awaited, or overdue (awaited for too long).",
    ["region", "state"],
    {"state": PREPARED},
)
def services() -> Iterator[tuple[Sequence[str], float]]:
    """How many services of each joined region are how far."""
    for region in Region.objects(state__ne="planned").only("code", "preparations"):
        found = [_state(preparation) for preparation in region.preparations]
        for state in PREPARED:
            yield (region.code, state), found.count(state)


def _state(preparation: Preparation) -> str:
    if preparation.prepared_at is not None:
        return "prepared"
    return "awaited" if preparation.overdue_since is None else "overdue"
