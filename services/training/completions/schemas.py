"""Completions over HTTP."""

from marshmallow import fields, validate

from chassis.http import PageArguments
from chassis.schemas import Date, Identifier, Integer, Schema, String


class CompletionsOf(PageArguments):
    """Which completions."""

    region = Identifier(metadata={"description": "HCP code of the region, such as 03."})
    person = Identifier()
    activity = Identifier(metadata={"description": "Id of a session or a cohort."})
    kind = String(validate=validate.OneOf(["session", "cohort"]))


class ActivityView(Schema):
    """What was completed."""

    kind = String()
    id = String()


class CompletionView(Schema):
    """Who completed what; `attendance` is the share of all planned half-days, 0 to 1."""

    id = String()
    person = String()
    activity = fields.Nested(ActivityView)
    module = String()
    association = String()
    region = String()
    province = String()
    attendance = fields.Float()
    half_days_attended = Integer(attribute="attended")
    half_days_planned = Integer(attribute="planned")
    on = Date()
