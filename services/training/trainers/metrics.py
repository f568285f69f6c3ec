"""Figures of the trainers."""

from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.training.trainers.model import Trainer


@domain_gauge("nassij_trainers", "Trainers with a certificate in force.", ["region"])
def trainers() -> Iterator[tuple[tuple[str], float]]:
    """One sample a region."""
    certified = {"$match": {"certificates.0": {"$exists": True}}}
    for group in Trainer.objects.aggregate([certified, {"$group": {"_id": "$region", "trainers": {"$sum": 1}}}]):
        yield (group["_id"],), group["trainers"]
