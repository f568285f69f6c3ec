"""Opening a region."""

from chassis import clock
from chassis.commands import command
from services.registry.readiness import queries
from services.registry.regions import queries as regions
from services.registry.regions.model import Region


@command
def open_region(code: str) -> Region:
    """Open a region whose gates all hold.

    Raises:
        NotFound: there is no such region.
        RuleBroken: it is not preparing, or ``gates-do-not-hold`` with those that do not.

    """
    region = regions.region(code)
    region.open(queries.gates_before_open(region, holding=True), clock.today())
    return region.save()
