"""Figures about readiness."""

from collections.abc import Iterator, Sequence

from chassis.metrics import domain_gauge
from services.registry.readiness import queries
from services.registry.regions import queries as regions


@domain_gauge(
    "nassij_region_gates",
    "Gates before the opening of a region that prepares itself, by whether they hold.",
    ["region", "holds"],
    {"holds": ("yes", "no")},
)
def gates() -> Iterator[tuple[Sequence[str], float]]:
    """How many gates of each preparing region hold and do not hold."""
    for region in regions.regions("preparing"):
        found = [gate.holds for gate in queries.gates_before_open(region)]
        yield (region.code, "yes"), found.count(True)
        yield (region.code, "no"), found.count(False)
