"""Competence poles over HTTP."""

from typing import Any

from chassis.http import Blueprint, Page, PageArguments, page, requires
from services.registry.structures import queries
from services.registry.structures.model import Pole
from services.registry.structures.schemas import PolePage, PoleView

blueprint = Blueprint("poles", __name__, description="Competence poles")


@blueprint.get("/poles")
@requires("pole:read")
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, PolePage)
def listed(asked: dict[str, Any]) -> Page:
    """List the competence poles that one may see."""
    return page(queries.poles(), asked["limit"], asked["after"], key="region")


@blueprint.get("/poles/<region>")
@requires("pole:read")
@blueprint.response(200, PoleView)
def shown(region: str) -> Pole:
    """Show the competence pole of a region and its trainers."""
    return queries.pole(region)
