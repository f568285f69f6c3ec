"""What a region's readiness looks like from outside."""

from marshmallow import fields

from chassis.schemas import Bilingual, Schema


class GateView(Schema):
    """A gate and what was found of it."""

    gate = fields.String(required=True)
    title = Bilingual(required=True)
    needed = fields.Integer(required=True)
    found = fields.Integer(required=True)
    holds = fields.Boolean(required=True)
    missing = fields.List(
        fields.String(), required=True, metadata={"description": "What is missing, in sentences; empty if it holds."}
    )
    source = fields.String(required=True, metadata={"description": "The address where the evidence lies."})


class ReadinessView(Schema):
    """How ready a region is to open."""

    region = fields.String(required=True)
    state = fields.String(required=True)
    ready = fields.Boolean(required=True)
    gates = fields.List(fields.Nested(GateView), required=True)
    missing = fields.List(fields.String(), required=True)
