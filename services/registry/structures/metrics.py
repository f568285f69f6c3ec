"""Figures about competence poles."""

from collections.abc import Iterator, Sequence

from chassis.metrics import domain_gauge
from services.registry.structures.model import Pole


@domain_gauge("nassij_pole_trainers", "Certified trainers of a region's competence pole.", ["region"])
def trainers() -> Iterator[tuple[Sequence[str], float]]:
    """How many trainers each pole has."""
    for row in Pole.objects.aggregate([{"$project": {"trainers": {"$size": "$trainers"}}}]):
        yield (row["_id"],), row["trainers"]
