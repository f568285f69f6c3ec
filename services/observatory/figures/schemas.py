"""Figures over HTTP."""

from marshmallow import fields

from chassis.schemas import Bilingual, Identifier, Schema
from services.observatory.figures.contributions import FIGURES


class FiguresOf(Schema):
    """Whose figures."""

    region = Identifier(load_default=None, metadata={"description": "HCP code of the region, such as 03."})


Counts = type("Counts", (Schema,), {"__doc__": "All figures."} | {name: fields.Integer() for name in FIGURES})


class PlaceView(Schema):
    """The figures of a province; of what belongs to its region as a whole where `province` is null."""

    region = fields.String(allow_none=True)
    province = fields.String(allow_none=True)
    figures = fields.Nested(Counts)


class FiguresView(Schema):
    """The figures of every place that the asker sees, and their sum."""

    items = fields.List(fields.Nested(PlaceView))
    total = fields.Nested(Counts)


class PackView(Schema):
    """Which pack."""

    name = fields.String()
    version = fields.String()


class GateView(Schema):
    """What must be true before the region opens."""

    code = fields.String()
    title = Bilingual()
    needed = fields.Integer()
    found = fields.Integer()
    holds = fields.Boolean()


class TargetsView(Schema):
    """What the region's pack sets out to reach."""

    associations = fields.Integer()
    actors = fields.Integer()
    trainers = fields.Integer()


class StepView(Schema):
    """A step of the way from an association to a certificate; `step` is the figure's name."""

    step = fields.String()
    count = fields.Integer()


class RegionView(Schema):
    """How far a region has come."""

    region = fields.String()
    names = Bilingual()
    state = fields.String()
    pack = fields.Nested(PackView, allow_none=True)
    joined_on = fields.Date(allow_none=True)
    opened_on = fields.Date(allow_none=True)
    prepared = fields.List(fields.String())
    gates = fields.List(fields.Nested(GateView))
    targets = fields.Nested(TargetsView, allow_none=True)
    funnel = fields.List(fields.Nested(StepView))


class RolloutView(Schema):
    """Every region that the asker sees, in the order of the codes."""

    items = fields.List(fields.Nested(RegionView))
