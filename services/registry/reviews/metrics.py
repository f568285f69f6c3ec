"""Figures of the reviews for Prometheus."""

from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.registry.reviews.model import Review, State


@domain_gauge("nassij_reviews_open", "Associations held as possible duplicates and not decided.", ["region"])
def reviews_open() -> Iterator[tuple[tuple[str], int]]:
    """Count them."""
    for group in Review.objects(state=State.OPEN).aggregate([{"$group": {"_id": "$region", "count": {"$sum": 1}}}]):
        yield (group["_id"],), group["count"]
