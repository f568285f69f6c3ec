"""Events over HTTP."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from chassis.http import page_of
from chassis.http.pages import MOST, USUAL
from chassis.schemas import Identifier, Integer, Schema, String

SOURCE = validate.Regexp(r"/[a-z0-9/-]+$")
PLACE = validate.Regexp(r"[A-Za-z0-9][A-Za-z0-9._:@/+~|-]*$")


class EventFilter(Schema):
    """Which events: of one cause, with one id, of one stream, or all. A page goes on after a place, which is no id."""

    limit = Integer(low=1, high=MOST, load_default=USUAL, metadata={"description": "How many items at most."})

    correlation = Identifier(metadata={"description": "The first cause, as X-Correlation-Id answered it."})
    id = Identifier(metadata={"description": "The event's own id."})
    key = Identifier(metadata={"description": "A stream's key, such as certificate/03-2024-000017-4."})
    source = String(validate=SOURCE, metadata={"description": "With key: who published it, such as /nassij/registry."})
    after = String(load_default=None, validate=PLACE, metadata={"description": "The `next` of the page before."})

    @validates_schema
    def _one_question(self, data: dict[str, Any], **_: Any) -> None:
        if len(data.keys() & {"correlation", "id", "key"}) > 1:
            raise ValidationError("Ask by one of correlation, id and key alone.")
        if "source" in data and "key" not in data:
            raise ValidationError("A source is asked for with a key.")


class EventView(Schema):
    """An event without its data; `refs` are the keys of other streams that its data name."""

    id = fields.String(attribute="event")
    type = fields.String()
    source = fields.String()
    key = fields.String()
    sequence = fields.Integer()
    region = fields.String(allow_none=True)
    province = fields.String(allow_none=True)
    time = fields.DateTime()
    correlation = fields.String(allow_none=True)
    causation = fields.String(allow_none=True)
    by = fields.String(allow_none=True)
    refs = fields.List(fields.String())


EventPage = page_of(EventView)
