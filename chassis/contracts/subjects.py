"""What the keys of events are made of: the one part of the contract that no event class says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import yaml

from chassis.contracts.places import ROOT, SUBJECTS
from chassis.events import EventType

EXAMPLE_ID = "018df93d-e680-7000-8000-000000000001"
EXAMPLE_VALUES = {"region": "03", "province": "03.591"}
EVERY_SERVICE = "every service"


class Unknown(LookupError):  # noqa: N818 - it reads as what it says
    """A subject of which nobody said what its keys are made of."""


@dataclass(frozen=True)
class Subject:
    """What a subject's events are about, and their key: ``session/{id}``, a format over the event's data.

    ``told_by`` names the subject of the aggregate that records them, where it is another one.
    """

    about: str
    key: str
    told_by: str | None = None

    @property
    def key_pattern(self) -> str:
        """The key for readers: ``session/<id>``."""
        return self.key.replace("[", ".").replace("]", "").replace("{", "<").replace("}", ">")

    def example_key(self, data: Mapping[str, Any]) -> str:
        """The key of an event with this data; ids that the data does not hold are example ids."""
        return self.key.format_map(_Example(data))


@dataclass(frozen=True)
class Subjects:
    """The subjects of all services, from contracts/subjects.yaml, which is written by hand."""

    by_service: Mapping[str, Mapping[str, Subject]]

    @classmethod
    def load(cls) -> Self:
        """Read the file."""
        document = yaml.safe_load((ROOT / SUBJECTS).read_text(encoding="utf-8"))
        return cls({service: {name: Subject(**row) for name, row in rows.items()} for service, rows in document.items()})

    def of(self, event: EventType) -> Subject:
        """The subject of an event.

        Raises:
            Unknown: the file does not name it.

        """
        for service in (event.service, EVERY_SERVICE):
            found = self.by_service.get(service, {}).get(event.subject)
            if found is not None:
                return found
        raise Unknown(f"{SUBJECTS} has no line for {event.subject} of {event.service}: add what its key is made of.")


class _Example(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return EXAMPLE_VALUES.get(name, EXAMPLE_ID)
