"""Completions over HTTP."""

from typing import Any

from chassis.http import Blueprint, Page, page, page_of, requires
from chassis.queries import get
from services.training.completions.model import Completion
from services.training.completions.schemas import CompletionsOf, CompletionView

blueprint = Blueprint("completions", __name__, description="Who completed what.")
FILTERS = {"region": "region", "person": "person", "activity": "activity__id", "kind": "activity__kind"}


@blueprint.get("/completions")
@requires("completion:read")
@blueprint.arguments(CompletionsOf, location="query")
@blueprint.response(200, page_of(CompletionView))
def completions(query: dict[str, Any]) -> Page:
    """The completions, narrowed down by region, person or activity."""
    where = {field: query[name] for name, field in FILTERS.items() if name in query}
    return page(Completion.objects(**where), query["limit"], query["after"])


@blueprint.get("/completions/<completion_id>")
@requires("completion:read")
@blueprint.response(200, CompletionView)
def completion(completion_id: str) -> Completion:
    """One completion."""
    return get(Completion, completion_id)
