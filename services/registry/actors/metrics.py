"""Figures of the actors for Prometheus."""

from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.registry.actors.model import Actor
from services.registry.associations.values import MEMBER
from vocabulary.association_sheet import OFFICES


@domain_gauge("nassij_actors", "Actors known: people, however many offices each holds.", ["region"])
def actors() -> Iterator[tuple[tuple[str], int]]:
    """Count them."""
    for group in Actor.objects.aggregate([{"$group": {"_id": "$region", "count": {"$sum": 1}}}]):
        yield (group["_id"],), group["count"]


@domain_gauge("nassij_mandates", "Offices held now.", ["region", "office"], {"office": (*OFFICES, MEMBER)})
def mandates() -> Iterator[tuple[tuple[str, str], int]]:
    """Count those that have no end."""
    key = {"region": "$region", "office": "$mandates.office"}
    steps = [{"$unwind": "$mandates"}, {"$match": {"mandates.ends": None}}, {"$group": {"_id": key, "count": {"$sum": 1}}}]
    for group in Actor.objects.aggregate(steps):
        yield (group["_id"]["region"], group["_id"]["office"]), group["count"]
