"""A traced event as a Mermaid sequence diagram: who caused what in which service, in order."""

import re
from collections.abc import Iterable, Iterator

from operator_cli.trace.events import Event
from operator_cli.trace.origins import Origins
from operator_cli.trace.story import Stop, Story

MOST = 150
"""So many arrows a diagram has at most; a reader would not find his way in more."""

REQUESTER = "requester"
# Mermaid ends a line at `;`, begins an entity at `#` and a comment at `%%`, and takes `<` for HTML.
_UNSAFE = re.compile(r"[^\w .,:()/@+'|~=-]")


def diagram(origins: Origins | None, story: Story) -> str:
    """The diagram's text. Arrows go from the service of an event's cause, or the requester, to the service that recorded it."""
    known = {event.id: event for event in origins.events} if origins else {}
    known |= {node.event.id: node.event for node in story.nodes if node.event}
    stops = {node.event.id: node.stops for node in story.nodes if node.event}
    ordered = list(known.values()) if origins is None else [*origins.events, *_others(origins.events, known.values())]
    lines = [f"    {line}" for event in ordered[:MOST] for line in _event(event, known, stops.get(event.id, []))]
    if len(ordered) > MOST:
        lines.append(f"    Note over {REQUESTER}: {len(ordered) - MOST} more events are not shown")
    return "\n".join(["sequenceDiagram", "    autonumber", *_participants(ordered[:MOST]), *lines])


def escaped(text: str) -> str:
    """A text as it may stand in a message or a note."""
    return _UNSAFE.sub(lambda found: " " if found[0].isspace() else f"#{ord(found[0])};", text)


def _others(told: Iterable[Event], known: Iterable[Event]) -> list[Event]:
    seen = {event.id for event in told}
    return sorted((event for event in known if event.id not in seen), key=lambda event: event.id)


def _participants(events: Iterable[Event]) -> Iterator[str]:
    """The requester, and the services as they come in. Aliases keep a name from being one of Mermaid's words."""
    yield f"    actor {REQUESTER}"
    for service in dict.fromkeys(event.service for event in events):
        yield f"    participant {_alias(service)} as {escaped(service)}"


def _alias(service: str) -> str:
    return f"s_{re.sub(r'[^A-Za-z0-9]', '_', service)}"


def _event(event: Event, known: dict[str, Event], stops: Iterable[Stop]) -> Iterator[str]:
    cause = known.get(event.causation or "")
    begins = _alias(cause.service) if cause else REQUESTER
    arrow = "-->>" if cause else "->>"
    hop = f", +{event.milliseconds} ms" if cause and event.milliseconds is not None else ""
    yield f"{begins}{arrow}{_alias(event.service)}: {escaped(f'{event.what} ({event.key}@{event.sequence}{hop})')}"
    for stop in stops:
        if stop.is_open or stop.kind == "discarded":
            yield f"Note over {_alias(event.service)}: {escaped(stop.sentence)}"
