"""Handing associations in, and reviewing possible duplicates, over HTTP."""

from typing import Any

from chassis import clock
from chassis.http import Blueprint, Page, page, requires
from chassis.problems import Invalid
from services.registry.associations.reading import Refused, read
from services.registry.associations.schemas import ApplicationBody, as_cells, place_in_body
from services.registry.associations.values import Application
from services.registry.reviews import commands, queries
from services.registry.reviews.commands import Admitted
from services.registry.reviews.model import Review
from services.registry.reviews.schemas import AdmissionView, DecisionBody, ReviewFilters, ReviewPage, ReviewView

blueprint = Blueprint("reviews", __name__, description="Admission to the register, and review of possible duplicates")


@blueprint.post("/associations")
@requires("association:write")
@blueprint.arguments(ApplicationBody)
@blueprint.response(201, AdmissionView)
@blueprint.alt_response(202, schema=ReviewView, description="Held for review.")  # type: ignore[untyped-decorator]
def admit(body: dict[str, Any]) -> tuple[Admitted, int]:
    """Register an association with its officers; one that may be there already is held for review (202)."""
    admitted = commands.admit(_application(body))
    return admitted, 202 if isinstance(admitted, Review) else 201


@blueprint.get("/reviews")
@requires("review:read")
@blueprint.arguments(ReviewFilters, location="query")
@blueprint.response(200, ReviewPage)
def list_reviews(query: dict[str, Any]) -> Page:
    """The reviews that you may see, page by page."""
    limit, after = query.pop("limit"), query.pop("after")
    return page(queries.reviews(**query), limit, after)


@blueprint.get("/reviews/<identifier>")
@requires("review:read")
@blueprint.response(200, ReviewView)
def show_review(identifier: str) -> Review:
    """One review."""
    return queries.review(identifier)


@blueprint.post("/reviews/<identifier>/decide")
@requires("review:decide")
@blueprint.arguments(DecisionBody)
@blueprint.response(200, ReviewView)
def decide(body: dict[str, Any], identifier: str) -> Review:
    """Decide whether a held association is distinct, which registers it, or a duplicate."""
    return commands.decide_review(identifier, **body)


def _application(body: dict[str, Any]) -> Application:
    try:
        return read(as_cells(body), within=None, today=clock.today(), bureau=False)
    except Refused as refused:
        faults = [place_in_body(fault) for fault in refused.faults]
        raise Invalid("association-refused", "Correct the fields as the list says, and send the request again.", faults) from None
