"""Which other streams an event names: the fields of events' data that hold ids, by the subject that they are ids of."""

from collections.abc import Iterator, Mapping
from typing import Any

MOST = 20
"""So many references are kept: what names more (a sheet of attendance) names its own stream's people again."""

_SUBJECTS = {
    "person": "actor",
    "actor": "actor",
    "trainer": "actor",
    "offered_to": "actor",
    "association": "association",
    "of": "association",
    "registered": "association",
    "against": "association",
    "convention": "convention",
    "certificate": "certificate",
    "review": "review",
    "session": "session",
}


def references(data: Any, own: str) -> list[str]:
    """The keys of the streams that an event's data name, sorted, its ``own`` left out."""
    if not isinstance(data, Mapping):
        return []
    found = {key for name, value in data.items() for key in _named(name, value)}
    return sorted(found - {own})[:MOST]


def _named(name: str, value: Any) -> Iterator[str]:
    if name in _SUBJECTS:
        for identifier in value if isinstance(value, list) else [value]:
            if isinstance(identifier, str) and identifier:
                yield f"{_SUBJECTS[name]}/{identifier}"
    elif name == "stream" and isinstance(value, str):  # what a dead letter's announcement is about
        yield value
    elif name == "activity" and isinstance(value, Mapping):
        yield f"{value['kind']}/{value['id']}"
    elif name == "pack" and isinstance(value, Mapping):
        yield f"pack/{value['name']}@{value['version']}"
