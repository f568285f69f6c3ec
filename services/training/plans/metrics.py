"""Figures of the plans."""

from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.training.plans.model import Plan


@domain_gauge("nassij_plans", "Provincial plans that stand.", ["region"])
def plans() -> Iterator[tuple[tuple[str], float]]:
    """One sample a region."""
    for group in Plan.objects.aggregate([{"$group": {"_id": "$region", "plans": {"$sum": 1}}}]):
        yield (group["_id"],), group["plans"]
