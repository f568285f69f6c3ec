"""Figures of the completions."""

from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.training.completions.model import Completion


@domain_gauge("nassij_completions", "Completions, by region and kind of activity.", ["region", "activity"])
def completions() -> Iterator[tuple[tuple[str, str], float]]:
    """One sample a region and kind."""
    group_by = {"_id": {"region": "$region", "kind": "$activity.kind"}, "completions": {"$sum": 1}}
    for group in Completion.objects.aggregate([{"$group": group_by}]):
        yield (group["_id"]["region"], group["_id"]["kind"]), group["completions"]
