"""Figures of the completions."""

from collections.abc import Iterator
from typing import get_args

from chassis.metrics import domain_gauge
from services.training.completions.model import ActivityKind, Completion


@domain_gauge(
    "nassij_completions",
    "Activities completed, one a person and activity.",
    ["region", "activity"],
    {"activity": get_args(ActivityKind)},
)
def completions() -> Iterator[tuple[tuple[str, str], float]]:
    """One sample a region and kind."""
    group_by = {"_id": {"region": "$region", "kind": "$activity.kind"}, "completions": {"$sum": 1}}
    for group in Completion.objects.aggregate([{"$group": group_by}]):
        yield (group["_id"]["region"], group["_id"]["kind"]), group["completions"]
