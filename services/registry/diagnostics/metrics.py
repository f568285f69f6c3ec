"""Figures of the diagnostics for Prometheus."""

from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.registry.diagnostics.model import Diagnostic, Round


@domain_gauge("nassij_diagnostics", "Diagnostics completed.", ["region", "round"], {"round": list(Round)})
def diagnostics() -> Iterator[tuple[tuple[str, str], int]]:
    """Count them."""
    groups = Diagnostic.objects.aggregate([{"$group": {"_id": {"region": "$region", "round": "$round"}, "count": {"$sum": 1}}}])
    for group in groups:
        yield (group["_id"]["region"], group["_id"]["round"]), group["count"]


@domain_gauge(
    "nassij_needs", "Needs found, a module for a dimension each.", ["region", "module"], {"module": "the modules' codes"}
)
def needs() -> Iterator[tuple[tuple[str, str], int]]:
    """Count them."""
    key = {"region": "$region", "module": "$needs.module"}
    for group in Diagnostic.objects.aggregate([{"$unwind": "$needs"}, {"$group": {"_id": key, "count": {"$sum": 1}}}]):
        yield (group["_id"]["region"], group["_id"]["module"]), group["count"]
