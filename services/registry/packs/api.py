"""Packs over HTTP."""

from typing import Any

from chassis.http import Blueprint, Page, PageArguments, page, requires
from services.registry.packs import commands, queries
from services.registry.packs.model import Pack
from services.registry.packs.reading import read_pack
from services.registry.packs.schemas import PackDocument, PackPage, PackSummary, PackView

blueprint = Blueprint("packs", __name__, description="Roll-out packs")


@blueprint.post("/packs")
@requires("pack:publish")
@blueprint.arguments(PackDocument)
@blueprint.response(201, PackSummary)
def publish(document: dict[str, Any]) -> Pack:
    """Publish a roll-out pack; the same content again is no error, another content wants another version."""
    return commands.publish_pack(read_pack(document))


@blueprint.get("/packs")
@requires("pack:read")
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, PackPage)
def listed(asked: dict[str, Any]) -> Page:
    """List the published packs, without their content."""
    return page(queries.packs(), asked["limit"], asked["after"])


@blueprint.get("/packs/<reference>")
@requires("pack:read")
@blueprint.response(200, PackView)
def shown(reference: str) -> Pack:
    """Show a pack with its content; its reference is `<name>@<version>`."""
    return queries.pack(reference)
