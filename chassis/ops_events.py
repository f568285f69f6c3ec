"""What a service knows of events: those it recorded itself, and what became here of those that others published.

For `nassij trace`. All of it is read-only, needs the permission ops:read, and tells events without their data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema
from pymongo.errors import ExecutionTimeout

from chassis.consumer.deadletters import DISCARDED, OPEN, DeadLetter, letter_id
from chassis.consumer.ledger import WAITING, WATERMARKS, mark_id
from chassis.consumer.marks import Blocked
from chassis.events import LARGEST_SEQUENCE, Received
from chassis.hosted import Hosted
from chassis.http.access import requires
from chassis.http.blueprint import Blueprint
from chassis.identity import identity
from chassis.ids import earliest_id, made_at
from chassis.intents import COLLECTION as INTENTS
from chassis.intents import PENDING
from chassis.schemas import Identifier, Integer, List, Schema, String
from chassis.store.connection import Row, store
from chassis.store.unit import OUTBOX

MOST_ITEMS = 1000
MOST_INTENTS = 100
MOST_ASKED = 200
USUAL_SECONDS, MOST_SECONDS = 20, 14 * 86_400
"""How far back published events are looked for: by a range of ids, since no index holds causes or keys. The longest is all."""

PATIENCE_MS = 8000
SKEW_SECONDS = 5
"""How far the clocks of two machines may lie apart: an effect's id may be that much older than its cause's."""

Answer = dict[str, Any]


class OwnEvents(Schema):
    """Which events of the outbox: by one of the first three. Published ones are looked for among those of late alone."""

    id = Identifier(metadata={"description": "The event's own id."})
    correlation = Identifier(metadata={"description": "The first cause, as X-Correlation-Id answered it."})
    key = Identifier(metadata={"description": "A stream's key, such as session/0198f1c2."})
    seconds = Integer(low=0, high=MOST_SECONDS, load_default=USUAL_SECONDS, metadata={"description": "How far back to look."})

    @validates_schema
    def _one_question(self, data: dict[str, Any], **_: Any) -> None:
        if len(data.keys() & {"correlation", "id", "key"}) != 1:
            raise ValidationError("Ask by exactly one of correlation, id and key.")


class Place(Schema):
    """An event that was published."""

    type = String(required=True, min_length=1)
    source = String(required=True, min_length=1)
    key = String(required=True, min_length=1)
    sequence = Integer(required=True, low=1, high=LARGEST_SEQUENCE)


class Published(Schema):
    """Some of them."""

    events = List(fields.Nested(Place), required=True, max_items=MOST_ASKED, validate=validate.Length(min=1))


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the store holds of the streams that were asked about."""

    marks: Mapping[str, Row]
    letters: Mapping[str, Row]
    waiting: Mapping[str, Row]


def events_of(service: Hosted) -> Blueprint:
    """The views of one service."""
    blueprint = Blueprint("event-stories", __name__, url_prefix="/ops", description="For operators: what became of events.")

    @blueprint.get("/events")
    @requires("ops:read")
    @blueprint.arguments(OwnEvents, location="query")
    def list_own_events(asked: dict[str, Any]) -> Answer:
        """Events that this service recorded, also those that are not published yet, and effects that are still to come."""
        return own_events(**asked)

    @blueprint.post("/consumed")
    @requires("ops:read")
    @blueprint.arguments(Published)
    def show_consumed(asked: dict[str, Any]) -> Answer:
        """What became here of events that others published."""
        return {"items": consumed(service, asked["events"])}

    return blueprint


def own_events(seconds: int = USUAL_SECONDS, **question: str) -> Answer:
    """Events of the outbox by ``id``, ``correlation`` or ``key``, in the order in which they were recorded, with what is pending.

    All that is pending is looked through (an index holds it), and of what is published that of the last ``seconds``, if any;
    ``complete`` says whether nothing else could have been meant. An id is found wherever it is.
    """
    if "id" in question:
        row = store().database[OUTBOX].find_one({"_id": question["id"]}, {"value": False})
        return {"items": [_told(row)] if row else [], "intents": [], "complete": True}
    correlation = question.get("correlation")
    wanted = {"attributes.correlation": correlation} if correlation else {"key": question["key"]}
    pending = list(store().database[OUTBOX].find({"pending": True, **wanted}, {"value": False}).limit(MOST_ITEMS))
    since, complete = _since(correlation, seconds)
    try:
        late = _of_late(wanted, since) if seconds else []
    except ExecutionTimeout:
        late, complete = [], False
    rows = {row["_id"]: row for row in [*pending, *late]}
    told = [_told(rows[event]) for event in sorted(rows)][:MOST_ITEMS]
    intents = _intents(correlation) if correlation else []
    return {"items": told, "intents": intents, "complete": complete and len(rows) <= MOST_ITEMS}


def consumed(service: Hosted, events: Iterable[Mapping[str, Any]]) -> list[Answer]:
    """For each event whether this service reacts to it and what became of it here.

    ``state`` is applied (also where nobody reacts), waiting (``reason`` and ``awaits`` say for what, ``behind`` which dead letter
    it waits for), dead (with its ``letter``), discarded, not-arrived, or not-followed where this service does not read the topic.
    """
    asked = [_received(event) for event in events]
    kept = _kept(service.name, asked)
    return [_became(service, event, kept) for event in asked]


def _since(correlation: str | None, seconds: int) -> tuple[datetime, bool]:
    """From when on to look, and whether nothing older can be of this cause: an id that we made says when it began."""
    made, late = made_at(correlation) if correlation else None, datetime.now(UTC) - timedelta(seconds=seconds)
    began = datetime.fromtimestamp(made - SKEW_SECONDS, UTC) if made else None
    return (began, True) if began and began > late else (late, seconds >= MOST_SECONDS)


def _of_late(wanted: Row, since: datetime) -> list[Row]:
    """Those recorded since then: a range of the primary key. An index on causes would cost each event more than this does."""
    public = {"topic": f"nassij.{identity().service}"}
    found = store().database[OUTBOX].find({"_id": {"$gte": earliest_id(since)}, **wanted, **public}, {"value": False})
    return list(found.limit(MOST_ITEMS + 1).max_time_ms(PATIENCE_MS))


def _told(row: Row) -> Answer:
    attributes = row["attributes"]
    names = ("id", "type", "source", "region", "province", "time", "correlation", "causation", "by")
    age = (datetime.now(UTC) - row["at"]).total_seconds()
    place = {"key": row["key"], "sequence": row["sequence"], "pending": bool(row.get("pending"))}
    return {name: attributes.get(name) or None for name in names} | place | {"recorded_seconds_ago": round(age, 3)}


def _intents(correlation: str) -> list[Answer]:
    """What is still to be done outside for this cause. Its recipient and payload stay here."""
    rows = store().database[INTENTS].find({"state": PENDING, "correlation": correlation}).limit(MOST_INTENTS)
    names = ("kind", "cause", "attempts", "reason", "causation")
    return [{"id": row["_id"], **{name: row.get(name) for name in names}, "due": row["due"].isoformat()} for row in rows]


def _received(event: Mapping[str, Any]) -> Received:
    """An event as far as it was asked about: enough to know its stream, its place and who reacts."""
    return Received(id="", time=datetime.fromtimestamp(0, UTC), **event)


def _kept(group: str, events: Iterable[Received]) -> _Kept:
    database = store().database
    marks = sorted({mark_id(group, event.stream) for event in events})
    letters = {letter_id(group, event) for event in events}
    found = _by_id(database[WATERMARKS].find({"_id": {"$in": marks}}))
    # A dead letter that others wait behind stands right after its stream's mark.
    letters |= {letter_id(group, _next(row)) for row in found.values() if row.get("blocked") == Blocked.DEAD}
    waiting = [f"{mark_id(group, event.stream)}|{event.sequence}" for event in events]
    return _Kept(
        found,
        _by_id(database[DeadLetter.collection_name()].find({"_id": {"$in": sorted(letters)}}, {"value": False, "trace": False})),
        _by_id(database[WAITING].find({"_id": {"$in": waiting}}, {"_id": True})),
    )


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {row["_id"]: row for row in rows}


def _next(mark: Row) -> Received:
    """The first event that a mark has not let pass."""
    return _received({"type": "", "source": mark["source"], "key": mark["key"], "sequence": mark["sequence"] + 1})


def _became(service: Hosted, event: Received, kept: _Kept) -> Answer:
    by_type = service.reactions.get(event.type, [])
    place = {"source": event.source, "key": event.key, "sequence": event.sequence}
    followed = any(topic.rpartition("nassij.")[2] == event.source.rpartition("/")[2] for topic in service.topics)
    reacts = {"reacts": bool(by_type), "follows_all": len(service.reactions_to(event)) > len(by_type)}
    state = _state(service.name, event, kept) if followed else {"state": "not-followed"}
    return place | reacts | state


def _state(group: str, event: Received, kept: _Kept) -> Answer:
    name = mark_id(group, event.stream)
    mark, letter = kept.marks.get(name), kept.letters.get(letter_id(group, event))
    if mark is not None and event.sequence <= mark["sequence"]:
        discarded = letter is not None and letter["state"] == DISCARDED
        return {"state": DISCARDED, "letter": letter["_id"]} if letter is not None and discarded else {"state": "applied"}
    if letter is not None and letter["state"] == OPEN:
        # What went wrong is told by its kind alone: the rest may hold what the event said.
        died = {"error": letter["error"].partition(":")[0], "died": letter["died"].isoformat()}
        return {"state": "dead", "letter": letter["_id"], **died}
    if mark is None or f"{name}|{event.sequence}" not in kept.waiting:
        return {"state": "not-arrived"}
    return {"state": "waiting", **_why(group, mark, event, kept)}


def _why(group: str, mark: Row, event: Received, kept: _Kept) -> Answer:
    since, first = mark.get("since"), event.sequence == mark["sequence"] + 1
    waits = (datetime.now(UTC) - since).total_seconds() if since else 0.0
    behind = letter_id(group, _next(mark)) if mark.get("blocked") == Blocked.DEAD else None
    return {
        "reason": mark.get("blocked"),
        "awaits": mark.get("awaits") if first else f"{event.source}|{event.key}",
        "since_seconds": round(max(0.0, waits), 1),
        "behind": behind if behind in kept.letters else None,
    }
