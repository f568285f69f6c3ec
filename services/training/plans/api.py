"""Plans over HTTP."""

from typing import Any

from chassis.http import Blueprint, Page, page, page_of, requires
from chassis.queries import get
from services.training.plans import commands
from services.training.plans.model import Plan
from services.training.plans.schemas import EstablishPlan, PlansOf, PlanView

blueprint = Blueprint("plans", __name__, description="Provincial capacity-building plans.")


@blueprint.post("/plans")
@requires("plan:write")
@blueprint.arguments(EstablishPlan)
@blueprint.response(201, PlanView)
def establish(body: dict[str, Any]) -> Plan:
    """Establish a province's plan over the modules that answer its needs; one that stands is replaced."""
    return commands.establish(body["province"])


@blueprint.get("/plans")
@requires("plan:read")
@blueprint.arguments(PlansOf, location="query")
@blueprint.response(200, page_of(PlanView))
def plans(query: dict[str, Any]) -> Page:
    """The current plans, by province."""
    where = {name: query[name] for name in ("region",) if name in query}
    return page(Plan.objects(**where), query["limit"], query["after"], key="province")


@blueprint.get("/plans/<province>")
@requires("plan:read")
@blueprint.response(200, PlanView)
def plan(province: str) -> Plan:
    """The current plan of a province."""
    return get(Plan, province)
