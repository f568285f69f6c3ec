"""Loading the territory."""

from collections.abc import Sequence

from chassis.commands import command
from services.registry.regions.commands import plan_regions
from services.registry.territory.model import Commune, Place, Province
from vocabulary import territory


@command
def load_territory() -> dict[str, int]:
    """Load the official list: plan its regions, keep its provinces and communes. Loaded again, it changes what differs.

    All of it is one transaction: some 1,600 small documents, far below what a transaction takes, written in one round
    trip a collection.

    Returns:
        How many regions, provinces and communes there are, and how many entries are `new` or have `changed`.

    """
    regions, provinces, communes = territory.regions(), territory.provinces(), territory.communes()
    planned = plan_regions(regions)
    followed = [_follow(Province, provinces), _follow(Commune, communes)]
    return {
        "regions": len(regions),
        "provinces": len(provinces),
        "communes": len(communes),
        "new": planned + sum(new for new, _ in followed),
        "changed": sum(changed for _, changed in followed),
    }


def _follow(cls: type[Place], entries: Sequence[territory.Province] | Sequence[territory.Commune]) -> tuple[int, int]:
    """Bring a collection up to the list; answers how many entries are new and how many changed."""
    known = {place.pk: place for place in cls.objects}
    new = [cls.of(entry) for entry in entries if entry.code not in known]
    changed = [known[entry.code] for entry in entries if entry.code in known and known[entry.code].follow(entry)]
    for place in (*new, *changed):
        place.save()
    return len(new), len(changed)
