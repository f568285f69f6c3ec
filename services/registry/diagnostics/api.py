"""Diagnostics over HTTP."""

from typing import Any

from chassis.http import Blueprint, Page, page, requires
from services.registry.diagnostics import commands, queries
from services.registry.diagnostics.model import Diagnostic
from services.registry.diagnostics.schemas import (
    DiagnosticBody,
    DiagnosticFilters,
    DiagnosticPage,
    DiagnosticView,
    NeedFilters,
    NeedsView,
)

blueprint = Blueprint("diagnostics", __name__, description="Diagnostics of associations and the needs that follow")


@blueprint.post("/diagnostics")
@requires("diagnostic:write")
@blueprint.arguments(DiagnosticBody)
@blueprint.response(201, DiagnosticView)
def complete(body: dict[str, Any]) -> Diagnostic:
    """Record the complete answers of an association; scores and needs follow from the grid of its region's pack."""
    return commands.complete_diagnostic(**body)


@blueprint.get("/diagnostics")
@requires("diagnostic:read")
@blueprint.arguments(DiagnosticFilters, location="query")
@blueprint.response(200, DiagnosticPage)
def list_diagnostics(query: dict[str, Any]) -> Page:
    """The diagnostics that you may see, page by page."""
    limit, after = query.pop("limit"), query.pop("after")
    return page(queries.diagnostics(**query), limit, after)


@blueprint.get("/diagnostics/<identifier>")
@requires("diagnostic:read")
@blueprint.response(200, DiagnosticView)
def show_diagnostic(identifier: str) -> Diagnostic:
    """One diagnostic."""
    return queries.diagnostic(identifier)


@blueprint.get("/needs")
@requires("diagnostic:read")
@blueprint.arguments(NeedFilters, location="query")
@blueprint.response(200, NeedsView)
def show_needs(query: dict[str, Any]) -> dict[str, Any]:
    """How many associations need each module, by their latest diagnostics."""
    return {"items": queries.needs(**query)}
