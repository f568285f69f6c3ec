"""The feed over HTTP."""

from typing import Any

from marshmallow import fields

from chassis.http import Blueprint, requires
from chassis.schemas import Identifier, Integer, Schema, String
from tests.bench.ours import feed

blueprint = Blueprint("sessions", __name__, description="Sessions")


class PlanSession(Schema):
    region = Identifier(required=True)
    title = String(required=True)
    starts = fields.AwareDateTime(required=True)
    capacity = Integer(required=True, low=1, high=500)


class SessionView(PlanSession):
    id = Identifier()


@blueprint.post("/sessions")
@requires("session:write")
@blueprint.arguments(PlanSession)
@blueprint.response(201, SessionView)
def plan(body: dict[str, Any]) -> feed.Session:
    """Plan a session."""
    return feed.plan_session(**body)
