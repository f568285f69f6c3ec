"""Readiness over HTTP."""

from chassis.http import Blueprint, requires
from services.registry.readiness import commands, queries
from services.registry.readiness.model import Readiness
from services.registry.readiness.schemas import ReadinessView
from services.registry.regions.model import Region
from services.registry.regions.schemas import RegionView

blueprint = Blueprint("readiness", __name__, description="What a region still needs before it opens")


@blueprint.get("/regions/<code>/readiness")
@requires("region:read")
@blueprint.response(200, ReadinessView)
def shown(code: str) -> Readiness:
    """Show the gates before a region's opening: what each needs, what was found, and what is missing."""
    return queries.readiness(code)


@blueprint.post("/regions/<code>/open")
@requires("region:open")
@blueprint.response(200, RegionView)
def open_region(code: str) -> Region:
    """Open a region; refused with the gates that do not hold."""
    return commands.open_region(code)
