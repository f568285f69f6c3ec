"""What prepares a region."""

from collections.abc import Mapping
from typing import Any

from chassis.commands import command
from chassis.queries import find
from services.notifications.preparation import queries
from services.notifications.preparation.model import PackPart, Preparation, templates_of


@command
def keep_part(pack: Mapping[str, Any]) -> None:
    """Keep the templates and titles of a published pack. A version never changes, so the first copy stays."""
    part = PackPart.of(pack)
    if find(PackPart, part.reference) is not None:
        return
    part.save()
    for template in templates_of(pack):
        template.save()


@command
def prepare(region: str, name: str, version: str) -> Preparation:
    """Say that a region is ready, once.

    Raises:
        NotYet: the pack has not been published here yet.

    """
    prepared = find(Preparation, region)
    if prepared is not None:
        return prepared
    return Preparation.complete(region, name, version, queries.awaited_part(f"{name}@{version}")).save()
