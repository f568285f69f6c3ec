"""Figures of the actors."""

from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.training.actors.model import Actor


@domain_gauge("nassij_training_actors", "Actors who may take part in training.", ["region"])
def actors() -> Iterator[tuple[tuple[str], float]]:
    """One sample a region."""
    for group in Actor.objects.aggregate([{"$group": {"_id": "$region", "actors": {"$sum": 1}}}]):
        yield (group["_id"],), group["actors"]
