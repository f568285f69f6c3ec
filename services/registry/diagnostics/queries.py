"""Finding diagnostics, and what they say is needed."""

from dataclasses import dataclass
from typing import Any

from chassis.queries import get
from services.registry.diagnostics.model import Diagnostic, Round


@dataclass(frozen=True, slots=True)
class ModuleNeed:
    """A module and how many associations need it."""

    module: str
    associations: int


def diagnostic(identifier: str) -> Diagnostic:
    """The diagnostic with this id. Raises NotFound."""
    return get(Diagnostic, identifier)


def diagnostics(**filters: Any) -> Any:
    """The diagnostics of the scope that have these values; a filter that is None does not count."""
    return Diagnostic.objects(**{name: value for name, value in filters.items() if value is not None})


def of_round(association: str, round: Round) -> Diagnostic | None:  # noqa: A002 - the field's word
    """An association's diagnostic of a round, if it is done."""
    found: Diagnostic | None = Diagnostic.objects(association=association, round=round).first()
    return found


def count_diagnosed(region: str) -> int:
    """How many associations of a region have a diagnostic, of whatever round."""
    return len(Diagnostic.objects(region=region).distinct("association"))


def needs(**filters: Any) -> list[ModuleNeed]:
    """How many associations need each module by their latest diagnostic, the most needed first."""
    latest = [{"$sort": {"on": -1, "_id": -1}}, {"$group": {"_id": "$association", "needs": {"$first": "$needs"}}}]
    per_association = [{"$unwind": "$needs"}, {"$group": {"_id": {"module": "$needs.module", "association": "$_id"}}}]
    counted = {"$group": {"_id": "$_id.module", "count": {"$sum": 1}}}
    groups = diagnostics(**filters).aggregate([*latest, *per_association, counted])
    found = [ModuleNeed(group["_id"], group["count"]) for group in groups]
    return sorted(found, key=lambda need: (-need.associations, need.module))
