"""Figures about subscriptions and deliveries."""

from collections.abc import Iterable, Sequence

from chassis.metrics import domain_gauge
from services.notifications.deliveries.model import Delivery, DeliveryState
from services.notifications.subscriptions.model import Standing, Subscription


@domain_gauge(
    "nassij_subscriptions",
    "Partners' subscriptions, by whether anything is sent; one of several regions counts in each.",
    ["region", "state"],
    {"state": list(Standing)},
)
def subscriptions() -> Iterable[tuple[Sequence[str], float]]:
    """Count them."""
    group = {"_id": {"region": "$regions", "state": "$state"}, "count": {"$sum": 1}}
    for row in Subscription.objects.aggregate([{"$unwind": "$regions"}, {"$group": group}]):
        yield (row["_id"]["region"], row["_id"]["state"]), row["count"]


@domain_gauge(
    "nassij_deliveries", "Deliveries to partners, by what became of them.", ["region", "state"], {"state": list(DeliveryState)}
)
def deliveries() -> Iterable[tuple[Sequence[str], float]]:
    """Count what was ever to be delivered."""
    group = {"_id": {"region": "$region", "state": "$state"}, "count": {"$sum": 1}}
    for row in Delivery.objects.aggregate([{"$group": group}]):
        yield (row["_id"]["region"], row["_id"]["state"]), row["count"]
