"""Finding associations."""

from collections.abc import Collection
from typing import Any

from chassis.queries import get
from chassis.scope import unscoped
from services.registry.associations.model import Association


def association(identifier: str) -> Association:
    """The association with this id. Raises NotFound."""
    return get(Association, identifier)


def associations(**filters: Any) -> Any:
    """The associations of the scope that have these values; a filter that is None does not count."""
    return Association.objects(**{name: value for name, value in filters.items() if value is not None})


def count_registered(region: str) -> int:
    """How many associations of a region are in the register; those held for review are not."""
    return int(Association.objects(region=region).count())


def found_by(region: str, keys: Collection[str], most: int) -> list[dict[str, Any]]:
    """The associations of a region that have one of these blocking keys, as raw rows of what comparing them takes.

    `most` bounds what is read. They are asked for by the keys alone, since a store that took the region's index for it would
    walk the whole region; and of the whole region, since one may resemble another of a province that the asker may not see.
    """
    compared = ("region", "names", "commune", "receipt", "phone", "keys")
    with unscoped("an association may resemble one of another province of its region"):
        rows = list(Association.objects(keys__in=sorted(keys)).only(*compared).limit(most).as_pymongo())
    return [row for row in rows if row["region"] == region]
