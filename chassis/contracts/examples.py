"""An event as a whole, as it would be published: a CloudEvent in structured JSON mode."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec

from chassis.contracts.catalogue import Catalogue
from chassis.contracts.subjects import EXAMPLE_ID, EXAMPLE_VALUES
from chassis.events import EventType

TIME = datetime(2024, 3, 1, 9, tzinfo=UTC)
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


class Unfit(ValueError):  # noqa: N818 - it reads as what it says
    """The example that an event declares does not keep to the event's own fields."""


def example_of(event: EventType, catalogue: Catalogue) -> dict[str, Any]:
    """An event's example, the same on every machine and day.

    Raises:
        Unfit: its data is not what its class says.

    """
    data = example_data(event)
    key = catalogue.subjects.of(event).example_key(data)
    territory = {name: str(data.get(name) or EXAMPLE_VALUES[name]) for name in catalogue.territory(event)}
    return {
        "specversion": "1.0",
        "id": example_id(event.name),
        "type": event.name,
        "source": event.source,
        "subject": key,
        "time": TIME.isoformat(),
        "datacontenttype": "application/json",
        "sequence": "1",
        **territory,
        "cell": "national",
        "traceparent": TRACE,
        "correlation": example_id("request"),
        "causation": example_id("request"),
        "by": EXAMPLE_ID,
        "data": data,
    }


def example_data(event: EventType) -> dict[str, Any]:
    """The data of an event's example, as the event's class writes it.

    Raises:
        Unfit: it is not what the class says.

    """
    try:
        data: Any = msgspec.convert(dict(event.example), event.cls)
    except msgspec.ValidationError as error:
        raise Unfit(f"The example of {event.name} does not keep to its class: {error}.") from error
    # msgspec leaves defaults out of what it makes; made by its own constructor, as services do, the event has them all.
    written: dict[str, Any] = msgspec.json.decode(event.encode(replace(data)))
    unknown = event.example.keys() - written.keys()
    if unknown:
        raise Unfit(f"The example of {event.name} has fields that its class has not: {', '.join(sorted(unknown))}.")
    return written


def example_id(name: str) -> str:
    """A UUIDv7 that hangs on the name alone."""
    moment, digest = f"{int(TIME.timestamp() * 1000):012x}", sha256(name.encode()).hexdigest()
    return f"{moment[:8]}-{moment[8:]}-7{digest[:3]}-8{digest[3:6]}-{digest[6:18]}"
