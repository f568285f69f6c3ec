"""Counting needs."""

from typing import Any

from services.training.needs.model import AssociationNeeds, Demand


def demands(**where: Any) -> list[Demand]:
    """How many associations need each module, most asked for first in each province.

    ``where`` narrows it down: ``region="03"``, ``province="03.591"``.
    """
    groups = AssociationNeeds.objects(**where).aggregate(
        [
            {"$unwind": "$modules"},
            {"$group": {"_id": {"province": "$province", "module": "$modules"}, "associations": {"$sum": 1}}},
        ]
    )
    found = [Demand(group["_id"]["province"], group["_id"]["module"], group["associations"]) for group in groups]
    return sorted(found, key=lambda demand: (demand.province, -demand.associations, demand.module))


def diagnosed(province: str) -> int:
    """How many associations of a province are diagnosed."""
    return int(AssociationNeeds.objects(province=province).count())
