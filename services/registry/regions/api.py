"""Regions over HTTP."""

from typing import Any

from chassis.http import Blueprint, Page, page, requires
from chassis.scope import unscoped
from services.registry.packs.events import PackRef
from services.registry.regions import commands, queries
from services.registry.regions.model import Region
from services.registry.regions.schemas import JoinRegion, RegionFilter, RegionPage, RegionView

blueprint = Blueprint("regions", __name__, description="Regions and their roll-out")


@blueprint.get("/regions")
@requires("territory:read")
@blueprint.arguments(RegionFilter, location="query")
@blueprint.response(200, RegionPage)
def listed(asked: dict[str, Any]) -> Page:
    """List the regions of the country and the state of their roll-out, whatever the asker's territory."""
    with unscoped("which regions there are, and where the programme runs, is public reference data"):
        return page(queries.regions(asked["state"]), asked["limit"], asked["after"], key="code")


@blueprint.get("/regions/<code>")
@requires("region:read")
@blueprint.response(200, RegionView)
def shown(code: str) -> Region:
    """Show a region with its pack, its convention and the services that prepare themselves for it."""
    return queries.region(code)


@blueprint.post("/regions/<code>/join")
@requires("region:join")
@blueprint.arguments(JoinRegion)
@blueprint.response(200, RegionView)
def join(body: dict[str, Any], code: str) -> Region:
    """Let a planned region join the programme: every service prepares itself for it."""
    return commands.join_region(code, PackRef(**body["pack"]), body["convention"])
