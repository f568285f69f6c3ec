"""Figures of the imports for Prometheus."""

from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.registry.imports.model import Import

OUTCOMES = ("registered", "held", "rejected")


@domain_gauge(
    "nassij_import_rows", "Rows of imports worked off, by what became of them.", ["region", "outcome"], {"outcome": OUTCOMES}
)
def import_rows() -> Iterator[tuple[tuple[str, str], int]]:
    """Count them."""
    sums = {outcome: {"$sum": f"${outcome}"} for outcome in OUTCOMES}
    for group in Import.objects.aggregate([{"$group": {"_id": "$region", **sums}}]):
        for outcome in OUTCOMES:
            yield (group["_id"], outcome), group[outcome]
