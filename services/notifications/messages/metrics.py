"""Figures about messages."""

from collections.abc import Iterable, Sequence

from chassis.metrics import domain_gauge
from services.notifications.messages.model import Message, State


@domain_gauge(
    "nassij_messages",
    "Messages that were ever written, by template and what became of them.",
    ["region", "template", "state"],
    {"template": "the codes of the packs' templates", "state": list(State)},
)
def messages() -> Iterable[tuple[Sequence[str], float]]:
    """Count what was ever written."""
    group = {"_id": {"region": "$region", "template": "$template", "state": "$state"}, "count": {"$sum": 1}}
    for row in Message.objects.aggregate([{"$group": group}]):
        yield (row["_id"]["region"], row["_id"]["template"], row["_id"]["state"]), row["count"]
