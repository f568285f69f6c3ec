"""Plans over HTTP."""

from marshmallow import fields

from chassis.http import PageArguments
from chassis.schemas import Date, Identifier, Integer, List, Schema, String


class EstablishPlan(Schema):
    """For which province."""

    province = Identifier(required=True, metadata={"description": "HCP code of the province, such as 03.591."})


class PlansOf(PageArguments):
    """Which plans."""

    region = Identifier(metadata={"description": "HCP code of the region, such as 03."})


class PlanModuleView(Schema):
    """A module and how many associations need it."""

    module = String()
    associations = Integer()


class PlanView(Schema):
    """A province's current plan; `associations` is how many diagnosed ones it rests on."""

    province = String()
    region = String()
    modules = List(fields.Nested(PlanModuleView))
    associations = Integer()
    established_on = Date()
