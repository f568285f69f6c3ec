"""Finding actors."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from chassis.queries import get
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
    return list(Actor.objects(region=region, phone__in=sorted(phones))) if phones else []


def officers_of(associations: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Raw rows {names, phone} of those who hold an office, by association."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    wanted = set(associations)
    rows = (
        Actor.objects(__raw__={"mandates.association": {"$in": sorted(wanted)}}).only("names", "phone", "mandates").as_pymongo()
    )
    for row in rows if wanted else ():
        for mandate in row["mandates"]:
            if mandate["association"] in wanted and mandate.get("ends") is None:
                found[mandate["association"]].append(row)
    return found
