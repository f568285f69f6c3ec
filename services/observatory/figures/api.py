"""Figures over HTTP."""

from typing import Any

from chassis.http import Blueprint, requires
from services.observatory.figures import queries
from services.observatory.figures.schemas import FiguresOf, FiguresView, RolloutView

blueprint = Blueprint("figures", __name__, description="The programme in figures")


@blueprint.get("/figures")
@requires("figures:read")
@blueprint.arguments(FiguresOf, location="query")
@blueprint.response(200, FiguresView)
def figures(asked: dict[str, Any]) -> dict[str, Any]:
    """Show the figures by region and province, as far as the events tell them."""
    places = queries.figures(asked["region"])
    return {"items": places, "total": queries.total(places)}


@blueprint.get("/rollout")
@requires("figures:read")
@blueprint.response(200, RolloutView)
def rollout() -> dict[str, Any]:
    """Show the state, the gates and the funnel of every region."""
    return {"items": queries.rollout()}
