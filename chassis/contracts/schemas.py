"""The JSON Schema of an event's data."""

from collections.abc import Iterator
from inspect import cleandoc, getdoc
from typing import Any

import msgspec
from msgspec import inspect as types

from chassis.contracts.places import short_name
from chassis.events import EventType

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def says(event: EventType) -> str:
    """What the event's class says of it; empty where it has no docstring of its own."""
    return _plain(getdoc(event.cls) or "", event.cls.__name__)


def schema_of(event: EventType) -> Schema:
    """The schema of an event's data: the event itself at the top, what it is made of under ``$defs``."""
    made = msgspec.json.schema(event.cls)
    parts: dict[str, Schema] = made["$defs"]
    _mark_moments(event.cls, parts)
    own = parts.pop(made["$ref"].rpartition("/")[2])
    own |= {"title": event.name, "description": says(event)}
    head = {"$schema": DIALECT, "$id": f"urn:nassij:contract:{event.service}.{short_name(event)}"}
    return {**head, **own, **({"$defs": {name: _tidy(parts[name]) for name in sorted(parts)}} if parts else {})}


def _mark_moments(cls: type, parts: dict[str, Schema]) -> None:
    """Say ``date-time`` of every moment: msgspec says it of those alone that are annotated as having a time zone."""
    for owner, field in _fields(types.type_info(cls)):
        if any(isinstance(part, types.DateTimeType) for part in _parts(field.type)):
            _formatted(parts[owner.__name__]["properties"][field.encode_name])


def _formatted(schema: Schema) -> None:
    if schema.get("type") == "string":
        schema.setdefault("format", "date-time")
    for inner in (schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", ())):
        if isinstance(inner, dict):
            _formatted(inner)


def _fields(kind: types.Type) -> Iterator[tuple[type, types.Field]]:
    if isinstance(kind, types.DataclassType):
        for field in kind.fields:
            yield kind.cls, field
            yield from _fields(field.type)
    else:
        for part in _parts(kind):
            if part is not kind:
                yield from _fields(part)


def _parts(kind: types.Type) -> Iterator[types.Type]:
    """A type and what it is a union or a collection of."""
    yield kind
    inner = [getattr(kind, name, None) for name in ("item_type", "key_type", "value_type")]
    for part in [*inner, *getattr(kind, "types", ()), *getattr(kind, "item_types", ())]:
        if isinstance(part, types.Type):
            yield from _parts(part)


def _tidy(schema: Schema) -> Schema:
    text = _plain(cleandoc(schema.get("description", "")), str(schema.get("title")))
    kept = {name: value for name, value in schema.items() if name != "description"}
    return kept | ({"description": text} if text else {})


def _plain(docstring: str, name: str) -> str:
    # A dataclass without a docstring is given its signature for one.
    return "" if docstring.startswith(f"{name}(") else docstring.replace("``", "`")
