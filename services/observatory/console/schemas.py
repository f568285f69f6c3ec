"""What the page is asked."""

from marshmallow import fields

from chassis.schemas import Identifier, Schema, String


class Asked(Schema):
    """Which page, in which language: that of the browser where none of the two is named."""

    region = Identifier(load_default=None, metadata={"description": "HCP code of a region, such as 03; the country without it."})
    lang = String(load_default=None, metadata={"description": "`fr` or `ar`."})


class SignIn(Schema):
    """A token, as it was pasted."""

    token = fields.String(load_default="", metadata={"description": "The token, with or without `Bearer` before it."})
    lang = String(load_default=None, metadata={"description": "`fr` or `ar`."})
