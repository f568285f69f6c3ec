"""Figures of the needs."""

from collections import Counter
from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.training.completions.model import Completion
from services.training.needs.model import AssociationNeeds

OPEN, CLOSED = "open", "closed"


@domain_gauge(
    "nassij_training_needs",
    "Needs that plans answer, one for each association and module; closed when somebody of the association completed the module.",
    ["region", "state"],
    {"state": (OPEN, CLOSED)},
)
def needs() -> Iterator[tuple[tuple[str, str], float]]:
    """Two samples a region."""
    closed = _closed()
    for group in AssociationNeeds.objects.aggregate([{"$unwind": "$modules"}, {"$group": {"_id": "$region", "n": {"$sum": 1}}}]):
        region = group["_id"]
        yield (region, OPEN), group["n"] - closed[region]
        yield (region, CLOSED), closed[region]


def _closed() -> Counter[str]:
    """How many needs of each region are closed, told by the associations that completed anything."""
    group = {"_id": "$association", "modules": {"$addToSet": "$module"}}
    completed = {row["_id"]: set(row["modules"]) for row in Completion.objects.aggregate([{"$group": group}])}
    found: Counter[str] = Counter()
    for row in AssociationNeeds.objects(pk__in=list(completed)).only("region", "modules").as_pymongo():
        found[row["region"]] += len(completed[row["_id"]].intersection(row["modules"]))
    return found
