"""Finding actors."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from chassis.context import current
from chassis.queries import get
from chassis.scope import unscoped
from services.registry.actors.model import Actor


def actor(identifier: str) -> Actor:
    """The actor with this id. Raises NotFound."""
    return get(Actor, identifier)


def actors(association: str | None = None, **filters: Any) -> Any:
    """The actors of the scope, of an association where one is named; a filter that is None does not count."""
    given = {name: value for name, value in filters.items() if value is not None}
    return (
        Actor.objects(**given) if association is None else Actor.objects(__raw__={"mandates.association": association}, **given)
    )


def with_phones(region: str, phones: Collection[str]) -> list[Actor]:
    """The actors of a region who have one of these phones and lie in the scope."""
    if not phones:
        return []
    scope = current().scope
    # Asked for by phone alone: a store that took the region's index for it would walk everybody who lives there.
    with unscoped("what the scope does not admit is left out right here"):
        found = list(Actor.objects(phone__in=sorted(phones)))
    return [one for one in found if one.region == region and scope is not None and scope.admits(one.region, one.province)]


def officers_of(associations: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Raw rows {names, phone} of those who hold an office, by association; also of officers known from another province."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    wanted = set(associations)
    if not wanted:
        return found
    with unscoped("an officer may be known from another province"):
        holders = Actor.objects(__raw__={"mandates.association": {"$in": sorted(wanted)}})
        rows = list(holders.only("names", "phone", "mandates").as_pymongo())
    for row in rows:
        for mandate in row["mandates"]:
            if mandate["association"] in wanted and mandate.get("ends") is None:
                found[mandate["association"]].append(row)
    return found
