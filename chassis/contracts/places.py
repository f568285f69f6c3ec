"""Where contracts lie, and which release they are of."""

import tomllib
from pathlib import Path

from chassis.events import EventType

ROOT = Path(__file__).parents[2]
CONTRACTS = Path("contracts")
EXAMPLES = CONTRACTS / "examples"
ASYNCAPI = CONTRACTS / "asyncapi.yaml"
SUBJECTS = CONTRACTS / "subjects.yaml"
PAGE = Path("docs") / "events.md"


def version() -> str:
    """The project's version, ``major.minor.patch``."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def release() -> str:
    """The release in the making: ``major.minor`` of the project's version."""
    return ".".join(version().split(".")[:2])


def short_name(event: EventType) -> str:
    """An event without what all share: ``region.joined.v1``."""
    return event.name.removeprefix(f"ma.nassij.{event.service}.")


def schema_path(event: EventType) -> Path:
    """Where the JSON Schema of an event's data lies."""
    return CONTRACTS / event.service / f"{short_name(event)}.json"


def example_path(event: EventType) -> Path:
    """Where the example of the release in the making lies."""
    return EXAMPLES / release() / event.service / f"{short_name(event)}.json"
