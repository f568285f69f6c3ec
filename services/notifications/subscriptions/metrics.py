"""Figures about subscriptions and deliveries."""

from collections.abc import Iterable, Sequence

from chassis.metrics import domain_gauge
from services.notifications.deliveries.model import Delivery
from services.notifications.subscriptions.model import Subscription


@domain_gauge("nassij_subscriptions", "Partners' subscriptions by region and whether anything is sent.", ["region", "state"])
def subscriptions() -> Iterable[tuple[Sequence[str], float]]:
    """Count subscriptions; one of several regions counts in each."""
    group = {"_id": {"region": "$regions", "state": "$state"}, "count": {"$sum": 1}}
    for row in Subscription.objects.aggregate([{"$unwind": "$regions"}, {"$group": group}]):
        yield (row["_id"]["region"], row["_id"]["state"]), row["count"]


@domain_gauge("nassij_deliveries", "Deliveries to partners by region and what became of them.", ["region", "state"])
def deliveries() -> Iterable[tuple[Sequence[str], float]]:
    """Count what was ever to be delivered."""
    group = {"_id": {"region": "$region", "state": "$state"}, "count": {"$sum": 1}}
    for row in Delivery.objects.aggregate([{"$group": group}]):
        yield (row["_id"]["region"], row["_id"]["state"]), row["count"]
