"""Needs over HTTP."""

from typing import Any

from chassis.http import Blueprint, requires
from services.training.needs import queries
from services.training.needs.schemas import DemandsView, NeedsOf

blueprint = Blueprint("needs", __name__, description="Which modules the diagnostics call for.")


@blueprint.get("/needs")
@requires("plan:read")
@blueprint.arguments(NeedsOf, location="query")
@blueprint.response(200, DemandsView)
def needs(query: dict[str, Any]) -> dict[str, Any]:
    """How many associations of each province need each module."""
    return {"items": queries.demands(**query)}
