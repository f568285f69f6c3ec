"""The territory over HTTP."""

from typing import Any

from chassis.http import Blueprint, Page, page, requires
from services.registry.territory import commands, queries
from services.registry.territory.schemas import CommuneFilter, CommunePage, ProvinceFilter, ProvincePage, TerritoryLoaded

blueprint = Blueprint("territory", __name__, description="Provinces and communes")


@blueprint.put("/territory")
@requires("territory:load")
@blueprint.response(200, TerritoryLoaded)
def load() -> dict[str, int]:
    """Load the official list of regions, provinces and communes; loading it again changes only what differs."""
    return commands.load_territory()


@blueprint.get("/provinces")
@requires("territory:read")
@blueprint.arguments(ProvinceFilter, location="query")
@blueprint.response(200, ProvincePage)
def provinces(asked: dict[str, Any]) -> Page:
    """List provinces and prefectures, of one region or of the country, whatever the asker's territory."""
    return page(queries.provinces(asked["region"]), asked["limit"], asked["after"], key="code")


@blueprint.get("/communes")
@requires("territory:read")
@blueprint.arguments(CommuneFilter, location="query")
@blueprint.response(200, CommunePage)
def communes(asked: dict[str, Any]) -> Page:
    """List communes, of one province, one region or the country, whatever the asker's territory."""
    return page(queries.communes(asked["province"], asked["region"]), asked["limit"], asked["after"], key="code")
