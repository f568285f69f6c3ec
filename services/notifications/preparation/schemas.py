"""How templates are shown."""

from marshmallow import fields

from chassis.http import PageArguments
from chassis.schemas import Identifier, Schema, String


class TemplateArguments(PageArguments):
    """Which templates to list."""

    pack = Identifier(load_default=None, metadata={"description": "A pack, such as fes-meknes@1.0."})


class WordedView(Schema):
    """A message in one language."""

    subject = String()
    body = String()


class TemplateView(Schema):
    """How a message of a pack is worded."""

    id = String()
    pack = String()
    code = String()
    fr = fields.Nested(WordedView)
    ar = fields.Nested(WordedView)
