"""What conventions look like from outside."""

from typing import Any

from marshmallow import ValidationError, fields

from chassis.http import PageArguments, page_of
from chassis.schemas import Bilingual, Date, Identifier, List, Schema, String
from vocabulary import territory


def _is_a_region(code: str) -> None:
    try:
        territory.region(code)
    except territory.UnknownTerritory as error:
        raise ValidationError(str(error)) from error


class DraftConvention(Schema):
    """A convention to be written down."""

    title = Bilingual(required=True)
    parties = List(String(min_length=1), required=True, min_items=2, max_items=20)
    regions = List(Identifier(validate=_is_a_region), required=True, min_items=1, max_items=12)
    starts = Date(required=True)
    ends = Date(required=True)


class SignConvention(Schema):
    """When it was signed."""

    on = Date(load_default=None, metadata={"description": "The day of the signature; today if it is left out."})


class ConventionView(Schema):
    """A convention."""

    id = fields.String(required=True)
    title = Bilingual(required=True)
    parties = fields.List(fields.String(), required=True)
    regions = fields.List(fields.String(), required=True)
    starts = fields.Date(required=True)
    ends = fields.Date(required=True)
    state = fields.String(required=True)
    signed_on = fields.Date(allow_none=True)


class ConventionFilter(PageArguments):
    """Which conventions."""

    region = Identifier(load_default=None, metadata={"description": "A region's HCP code, such as 03."})


ConventionPage: Any = page_of(ConventionView)
