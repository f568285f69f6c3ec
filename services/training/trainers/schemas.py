"""Trainers over HTTP."""

from marshmallow import fields

from chassis.http import PageArguments
from chassis.schemas import Date, Identifier, List, Schema, String


class TrainersOf(PageArguments):
    """Which trainers."""

    region = Identifier(metadata={"description": "HCP code of the region, such as 03."})


class TrainerCertificateView(Schema):
    """A certificate in force."""

    number = String()
    expires_on = Date()


class TrainerView(Schema):
    """A trainer by id; `booked` counts half-days."""

    person = String()
    region = String()
    certified = fields.Boolean()
    certificates = List(fields.Nested(TrainerCertificateView))
    booked = fields.Function(lambda trainer: len(trainer.bookings), metadata={"type": "integer"})
