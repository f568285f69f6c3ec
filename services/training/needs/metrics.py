"""Figures of the needs."""

from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.training.needs.model import AssociationNeeds


@domain_gauge("nassij_training_needs", "Needs that plans answer, one for each association and module, by region.", ["region"])
def needs() -> Iterator[tuple[tuple[str], float]]:
    """One sample a region."""
    for group in AssociationNeeds.objects.aggregate(
        [{"$unwind": "$modules"}, {"$group": {"_id": "$region", "needs": {"$sum": 1}}}]
    ):
        yield (group["_id"],), group["needs"]
