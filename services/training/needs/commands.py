"""Keeping what diagnostics call for."""

from collections.abc import Collection
from datetime import datetime

from chassis.commands import command
from chassis.queries import find
from services.training.needs.model import AssociationNeeds


@command
def keep(association: str, *, region: str, province: str, modules: Collection[str], at: datetime) -> None:
    """Keep the modules that an association needs, by its latest diagnostic."""
    needs = find(AssociationNeeds, association) or AssociationNeeds(association=association)
    if needs.supersede(modules, at):
        needs.region, needs.province = region, province
        needs.save()
