"""The page docs/events.md: what each service says, when, and who reacts."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from chassis.contracts.catalogue import Catalogue
from chassis.contracts.fields import fields_of
from chassis.contracts.places import example_path, schema_path, short_name
from chassis.contracts.schemas import says, schema_of
from chassis.events import EventType
from chassis.service import Service

INTRODUCTION = Path(__file__).with_name("introduction.md")


def page(catalogue: Catalogue) -> str:
    """The whole page, as Markdown."""
    parts = [INTRODUCTION.read_text(encoding="utf-8").rstrip()]
    parts += [_service(service, catalogue) for service in catalogue.services]
    return "\n\n".join(parts) + "\n"


def _service(service: Service, catalogue: Catalogue) -> str:
    topics = sorted({event.topic for event in service.events})
    rows = [
        (f"[{_name(event)}](#{_anchor(event)})", f"`{_key(event, catalogue)}`", _first(says(event)), _reacting(event, catalogue))
        for event in service.events
    ]
    blocks = [
        f"## {service.name.capitalize()}\n\n{service.title}. Topic{'s' if len(topics) > 1 else ''}: {_code(topics)}.",
        _table(("event", "key", "when", "who reacts"), rows),
        *(_event(event, catalogue) for event in service.events),
    ]
    return "\n\n".join(blocks)


def _event(event: EventType, catalogue: Catalogue) -> str:
    links = f"[schema]({_link(schema_path(event))}), [example]({_link(example_path(event))})"
    followers = [f"- {follower.service} ({follower.subject}): {follower.says}" for follower in catalogue.followers(event.name)]
    fields = [(f"`{path}`", what, always) for path, what, always in fields_of(schema_of(event))]
    blocks = [
        f"### {event.service} {_name(event)}",
        f"`{event.name}` on `{event.topic}` ({links})",
        f"Key: `{_key(event, catalogue)}`, {catalogue.subjects.of(event).about}.",
        says(event),
        "\n".join(["Who reacts:", "", *followers]) if followers else "",
        _table(("field", "type", "always there"), fields),
    ]
    return "\n\n".join(block for block in blocks if block)


def _reacting(event: EventType, catalogue: Catalogue) -> str:
    return ", ".join(dict.fromkeys(follower.service for follower in catalogue.followers(event.name))) or "no service"


def _name(event: EventType) -> str:
    return short_name(event).rpartition(".v")[0]


def _anchor(event: EventType) -> str:
    return f"{event.service}-{_name(event)}".replace(".", "")


def _key(event: EventType, catalogue: Catalogue) -> str:
    return catalogue.subjects.of(event).key_pattern


def _first(text: str) -> str:
    return text.partition("\n\n")[0].replace("\n", " ")


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _link(path: Path) -> str:
    return f"../{path.as_posix()}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)
