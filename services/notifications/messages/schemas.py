"""How messages are shown: to whom is an id, what was said is a template."""

from marshmallow import fields, validate

from chassis.http import PageArguments
from chassis.schemas import Identifier, Instant, Integer, Schema, String
from services.notifications.messages.model import State


class MessageArguments(PageArguments):
    """Which messages to list."""

    person = Identifier(load_default=None)
    template = Identifier(load_default=None)
    region = Identifier(load_default=None)
    state = String(load_default=None, validate=validate.OneOf([state.value for state in State]))


class MessageView(Schema):
    """A message and what became of it."""

    id = String()
    region = String()
    province = String(allow_none=True)
    person = String()
    template = String()
    pack = String()
    language = String()
    channel = String()
    cause = String(metadata={"description": "The id of the event that it tells of."})
    state = fields.Enum(State, by_value=True)
    attempts = Integer()
    reason = String(allow_none=True)
    written_at = Instant()
    settled_at = Instant(allow_none=True)
