"""The catalogue over HTTP."""

from typing import Any

from chassis.http import Blueprint, requires
from services.training.catalogue import queries
from services.training.catalogue.model import Catalogue
from services.training.catalogue.schemas import CatalogueView, OfRegion

blueprint = Blueprint("catalogue", __name__, description="What may be taught in a region.")


@blueprint.get("/catalogue")
@requires("catalogue:read")
@blueprint.arguments(OfRegion, location="query")
@blueprint.response(200, CatalogueView)
def catalogue(query: dict[str, Any]) -> Catalogue:
    """The modules and the trainers' course of a region."""
    return queries.of_region(query["region"])
