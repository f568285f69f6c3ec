"""What the page is asked."""

from marshmallow import fields, validate

from chassis.schemas import Identifier, Schema, String
from services.observatory.console.words import LANGUAGES


def _language() -> String:
    told = {"description": "`fr` or `ar`; the browser's own where it is left out."}
    return String(load_default=None, validate=validate.OneOf(LANGUAGES), metadata=told)


class Asked(Schema):
    """Which page, in which language."""

    region = Identifier(load_default=None, metadata={"description": "HCP code of a region, such as 03; the country without it."})
    lang = _language()


class SignIn(Schema):
    """A token, as it was pasted."""

    token = fields.String(load_default="", metadata={"description": "The token, with or without `Bearer` before it."})
    lang = _language()
