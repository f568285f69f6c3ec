"""What an operator may see and do in a service: dead letters, outbox, watermarks."""

from datetime import UTC, datetime
from typing import Any

from marshmallow import fields, validate

from chassis.consumer import deadletters
from chassis.consumer.deadletters import DISCARDED, OPEN, RETRIED, DeadLetter
from chassis.consumer.ledger import mark_id
from chassis.events import Stream
from chassis.http.access import requires
from chassis.http.blueprint import Blueprint
from chassis.http.pages import PageArguments, page, page_of
from chassis.identity import identity
from chassis.outbox.relay import republish
from chassis.queries import get
from chassis.schemas import Identifier, Instant, Schema, String
from chassis.store.connection import store

EVERY = "all"

blueprint = Blueprint("ops", __name__, url_prefix="/ops", description="For operators.")


class DeadLetterSummary(Schema):
    """One line about a dead letter."""

    id = String()
    state = String()
    type = String()
    source = String()
    key = String(attribute="stream")
    sequence = fields.Integer(attribute="position")
    region = String(allow_none=True)
    cause = String(attribute="error", max_length=10_000)
    died = fields.DateTime()
    deaths = fields.Integer()


class DeadLetterView(DeadLetterSummary):
    """A dead letter whole, with the event and what waits behind it."""

    trace = String(max_length=100_000, allow_none=True)
    data = fields.Function(lambda letter: letter.value.decode("utf-8", "replace") if letter.value else None)
    history = fields.List(fields.Dict())
    waiting_behind = fields.Function(lambda letter: waiting_behind(letter))  # noqa: PLW0108 - it stands below


class DeadLetterQuery(PageArguments):
    """Which dead letters."""

    state = String(load_default=OPEN, validate=validate.OneOf([OPEN, RETRIED, DISCARDED, EVERY]))


class Discard(Schema):
    """Why an event may be passed over."""

    reason = String(required=True, min_length=5)


class Republish(Schema):
    """Which events go out again: recorded since then, of this key only if one is given."""

    since = Instant(required=True, default_timezone=UTC)
    key = Identifier(load_default=None, allow_none=True)


@blueprint.get("/deadletters")
@requires("ops:read")
@blueprint.arguments(DeadLetterQuery, location="query")
@blueprint.response(200, page_of(DeadLetterSummary))
def list_deadletters(query: dict[str, Any]) -> Any:
    """The events that this service could not apply."""
    state = query["state"]
    letters = DeadLetter.objects if state == EVERY else DeadLetter.objects(state=state)
    return page(letters, query["limit"], query["after"])


@blueprint.get("/deadletters/<letter>")
@requires("ops:read")
@blueprint.response(200, DeadLetterView)
def show_deadletter(letter: str) -> DeadLetter:
    """One of them whole."""
    return get(DeadLetter, letter)


@blueprint.post("/deadletters/<letter>/retry")
@requires("ops:act")
@blueprint.response(200, DeadLetterSummary)
def retry_deadletter(letter: str) -> DeadLetter:
    """Try the event again, and those behind it after it."""
    return deadletters.retry(letter)


@blueprint.post("/deadletters/<letter>/discard")
@requires("ops:act")
@blueprint.arguments(Discard)
@blueprint.response(200, DeadLetterSummary)
def discard_deadletter(body: dict[str, Any], letter: str) -> DeadLetter:
    """Pass over the event for good."""
    return deadletters.discard(letter, body["reason"])


@blueprint.get("/outbox")
@requires("ops:read")
def show_outbox() -> dict[str, Any]:
    """What is recorded and not yet published."""
    outbox = store().database.outbox
    oldest = outbox.find_one({"pending": True}, sort=[("_id", 1)])
    age = (datetime.now(UTC) - oldest["at"]).total_seconds() if oldest else 0.0
    return {"pending": outbox.count_documents({"pending": True}), "oldest_seconds": age}


@blueprint.post("/outbox/republish")
@requires("ops:act")
@blueprint.arguments(Republish)
def republish_outbox(body: dict[str, Any]) -> dict[str, Any]:
    """Publish again what was published; whoever applied it passes over it."""
    return {"republished": republish(body["since"], body["key"])}


@blueprint.get("/watermarks/<source>/<subject>/<identifier>")
@requires("ops:read")
def show_watermark(source: str, subject: str, identifier: str) -> dict[str, Any]:
    """How far this service has come in a stream of another one; a sequence of 0 before its first event."""
    stream = Stream(f"/nassij/{source}", f"{subject}/{identifier}")
    row = store().database.watermarks.find_one({"_id": mark_id(identity().service, stream)}) or {}
    return {"sequence": row.get("sequence", 0), "blocked": row.get("blocked"), "awaits": row.get("awaits")}


def waiting_behind(letter: DeadLetter) -> int:
    """How many events of its key wait until somebody decides."""
    stream = mark_id(letter.group, Stream(letter.source, letter.stream))
    return store().database.waiting.count_documents({"stream": stream, "sequence": {"$gt": letter.position}})
