"""Reading the register of associations over HTTP. Handing one in (POST /v1/associations) is an admission: reviews/api.py."""

from typing import Any

from chassis.http import Blueprint, Page, page, requires
from services.registry.associations import queries
from services.registry.associations.model import Association
from services.registry.associations.schemas import AssociationFilters, AssociationPage, AssociationView

blueprint = Blueprint("associations", __name__, description="Associations of the register")


@blueprint.get("/associations")
@requires("association:read")
@blueprint.arguments(AssociationFilters, location="query")
@blueprint.response(200, AssociationPage)
def list_associations(query: dict[str, Any]) -> Page:
    """The associations that you may see, page by page."""
    limit, after = query.pop("limit"), query.pop("after")
    return page(queries.associations(**query), limit, after)


@blueprint.get("/associations/<identifier>")
@requires("association:read")
@blueprint.response(200, AssociationView)
def show_association(identifier: str) -> Association:
    """One association."""
    return queries.association(identifier)
