"""What competence poles look like from outside."""

from marshmallow import fields

from chassis.http import page_of
from chassis.schemas import Schema


class TrainerView(Schema):
    """A trainer of the pole, by id."""

    person = fields.String(required=True)
    certificates = fields.List(fields.String(), required=True)
    since = fields.Date(required=True)


class PoleView(Schema):
    """The competence pole of a region."""

    region = fields.String(required=True)
    formed_on = fields.Date(required=True)
    trainers = fields.List(fields.Nested(TrainerView), required=True)


PolePage = page_of(PoleView)
