"""Conventions over HTTP."""

from typing import Any

from chassis.http import Blueprint, Page, page, requires
from services.registry.conventions import commands, queries
from services.registry.conventions.model import Convention
from services.registry.conventions.schemas import (
    ConventionFilter,
    ConventionPage,
    ConventionView,
    DraftConvention,
    SignConvention,
)
from vocabulary.text import Bilingual

blueprint = Blueprint("conventions", __name__, description="Conventions")


@blueprint.post("/conventions")
@requires("convention:write")
@blueprint.arguments(DraftConvention)
@blueprint.response(201, ConventionView)
def draft(body: dict[str, Any]) -> Convention:
    """Write down a convention; it counts once it is signed."""
    return commands.draft_convention(**body | {"title": Bilingual(**body["title"])})


@blueprint.post("/conventions/<identifier>/sign")
@requires("convention:write")
@blueprint.arguments(SignConvention)
@blueprint.response(200, ConventionView)
def sign(body: dict[str, Any], identifier: str) -> Convention:
    """Note that a convention was signed by its parties."""
    return commands.sign_convention(identifier, body["on"])


@blueprint.get("/conventions")
@requires("convention:read")
@blueprint.arguments(ConventionFilter, location="query")
@blueprint.response(200, ConventionPage)
def listed(asked: dict[str, Any]) -> Page:
    """List conventions, of one region or of all that one may see."""
    return page(queries.conventions(asked["region"]), asked["limit"], asked["after"])


@blueprint.get("/conventions/<identifier>")
@requires("convention:read")
@blueprint.response(200, ConventionView)
def shown(identifier: str) -> Convention:
    """Show a convention."""
    return queries.convention(identifier)
