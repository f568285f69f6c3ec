"""Events over HTTP."""

from typing import Any

from chassis.http import Blueprint, Page, page, requires
from services.observatory.stories import queries
from services.observatory.stories.schemas import EventFilter, EventPage

blueprint = Blueprint("stories", __name__, description="What every event is linked with")


@blueprint.get("/events")
@requires("ops:read")
@blueprint.arguments(EventFilter, location="query")
@blueprint.response(200, EventPage)
def events(asked: dict[str, Any]) -> Page:
    """List events, all of them or those of one cause or stream, in the order in which they were recorded."""
    limit, after = asked["limit"], asked["after"]
    if "key" in asked:
        return page(queries.by_key(asked["key"], asked.get("source")), limit, after, key="place")
    return page(_found(asked), limit, after, key="event")


def _found(asked: dict[str, Any]) -> Any:
    if "correlation" in asked:
        return queries.by_correlation(asked["correlation"])
    return queries.by_event(asked["id"]) if "id" in asked else queries.everything()
