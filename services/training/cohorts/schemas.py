"""Cohorts over HTTP."""

from marshmallow import fields

from chassis.http import PageArguments
from chassis.schemas import Identifier, Instant, Integer, List, Schema, String
from services.training.attendance.schemas import HalfDaySchema, RegisterSchema


class OpenCohort(Schema):
    """A cohort to open: as many half-days as the course plans, still to come."""

    region = Identifier(required=True, metadata={"description": "HCP code of the region, such as 03."})
    course = Identifier(required=True)
    seats = Integer(low=1, high=200, load_default=None, metadata={"description": "The course's own if left out."})
    half_days = List(fields.Nested(HalfDaySchema), required=True, min_items=1, max_items=100)


class Persons(Schema):
    """Actors by id."""

    persons = List(Identifier(), required=True, min_items=1, max_items=500)


class CohortsOf(PageArguments):
    """Which cohorts."""

    region = Identifier(metadata={"description": "HCP code of the region, such as 03."})


class MemberView(Schema):
    """A person of a cohort and the association they come from."""

    person = String()
    association = String()


class CohortView(Schema):
    """A cohort in a list; `selected` counts."""

    id = String()
    region = String()
    course = String()
    seats = Integer()
    state = String()
    starts = Instant(attribute="register.starts")
    ends = Instant(attribute="register.ends")
    candidates = fields.Function(lambda cohort: len(cohort.candidates), metadata={"type": "integer"})
    selected = fields.Function(lambda cohort: len(cohort.selected), metadata={"type": "integer"})


class CohortDetail(Schema):
    """A cohort with its people and its register."""

    id = String()
    region = String()
    course = String()
    seats = Integer()
    state = String()
    starts = Instant(attribute="register.starts")
    ends = Instant(attribute="register.ends")
    candidates = List(fields.Nested(MemberView))
    selected = List(fields.Nested(MemberView))
    register = fields.Nested(RegisterSchema)
