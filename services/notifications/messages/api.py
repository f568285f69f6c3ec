"""HTTP: what people were told."""

from typing import Any

from chassis.http import Blueprint, Page, page, page_of, requires
from chassis.queries import get
from services.notifications.messages.model import Message
from services.notifications.messages.schemas import MessageArguments, MessageView

blueprint = Blueprint("messages", __name__, description="What people were told, and what became of it.")


@blueprint.get("/messages")
@requires("message:read")
@blueprint.arguments(MessageArguments, location="query")
@blueprint.response(200, page_of(MessageView))
def messages(asked: dict[str, Any]) -> Page:
    """The messages of one's territory; of one person, template, region or state if asked."""
    wanted = {name: asked.pop(name) for name in ("person", "template", "region", "state")}
    return page(Message.objects(**{name: value for name, value in wanted.items() if value is not None}), **asked)


@blueprint.get("/messages/<message>")
@requires("message:read")
@blueprint.response(200, MessageView)
def one(message: str) -> Message:
    """One message."""
    return get(Message, message)
