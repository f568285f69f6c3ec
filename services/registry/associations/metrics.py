"""Figures of the register for Prometheus."""

from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.registry.associations.model import Association, State


@domain_gauge("nassij_associations", "Associations of the register.", ["region", "state"], {"state": list(State)})
def associations() -> Iterator[tuple[tuple[str, str], int]]:
    """Count them."""
    groups = Association.objects.aggregate([{"$group": {"_id": {"region": "$region", "state": "$state"}, "count": {"$sum": 1}}}])
    for group in groups:
        yield (group["_id"]["region"], group["_id"]["state"]), group["count"]
