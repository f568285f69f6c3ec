"""Half-days and sheets over HTTP."""

from typing import Any

from marshmallow import fields, post_load, validate

from chassis.schemas import Date, Identifier, Integer, List, Schema, String
from services.training.attendance.model import HalfDay, Part


class HalfDaySchema(Schema):
    """One half of a legal day; loads as a HalfDay."""

    date = Date(required=True)
    part = String(required=True, validate=validate.OneOf([part.value for part in Part]))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> HalfDay:
        return HalfDay(date=data["date"], part=Part(data["part"]))


class SheetSchema(Schema):
    """A sheet: the number of the half-day, from 1, and the ids of those who signed."""

    half_day = Integer(required=True, low=1, high=100)
    present = List(Identifier(), required=True, max_items=200)


class RegisterSchema(Schema):
    """The planned half-days, the sheets so far, and how many half-days complete."""

    half_days = List(fields.Nested(HalfDaySchema))
    sheets = List(fields.Nested(SheetSchema))
    needed = Integer()
