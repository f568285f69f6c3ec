"""What somebody asks to be traced: an event's id, a place in a stream, a key, a certificate's number, a request's correlation."""

import re
from dataclasses import dataclass, field

from operator_cli.errors import BadInput, Refusal
from operator_cli.trace.events import Event
from operator_cli.trace.records import Found, Records

# As services take an id in a question (chassis.schemas.Identifier).
USABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@/+~-]{0,199}")
PLACE = re.compile(r"(?P<key>[a-z][a-z-]*/.+)@(?P<sequence>\d{1,16})")
KEY = re.compile(r"[a-z][a-z-]*/.+")
CERTIFICATE = re.compile(r"[A-Z]{2,5}-\d{2}-\d{4}-[A-Z0-9]+-[A-Z0-9]", re.IGNORECASE)
MOST_OF_A_KEY = 10
"""Each event of a key has a story of its own; those of the newest are told."""

FORMS = "an event's id, the X-Correlation-Id of an answer, its Nassij-Event (session/0198f1c2@3), a key or a certificate's number"


@dataclass(frozen=True, slots=True)
class Target:
    """What was found: ``events`` whose story is told, none where it is that of a whole request."""

    kind: str
    name: str
    events: list[Event] = field(default_factory=list)
    correlation: str | None = None
    caused: Found | None = None

    @property
    def event(self) -> Event | None:
        """The one whose past is told: the last of a key."""
        return self.events[-1] if self.events else None


def resolve(text: str, records: Records) -> Target:
    """Find what is meant.

    Raises:
        BadInput: it can be no id.
        Refusal: nothing is known by it.

    """
    if not USABLE.fullmatch(text):
        raise BadInput(f"{text!r} cannot be traced; give {FORMS}.")
    found = _in_stream(text, records) if KEY.fullmatch(text) else _alone(text, records)
    if found is None:
        why_not = "".join(f" {note}" for note in records.notes)
        raise Refusal(f"Nothing is known of {text}: give {FORMS}; a request that recorded no event leaves no story.{why_not}")
    return found


def _in_stream(text: str, records: Records) -> Target | None:
    place = PLACE.fullmatch(text)
    if place is not None:
        sequence = int(place["sequence"])
        at = [event for event in records.stream(place["key"], everywhere=True) if event.sequence == sequence]
        if at:
            return Target("event", text, at)
    return _of_key(text, records)  # a version of a pack looks like a place: pack/fes-meknes@1


def _of_key(key: str, records: Records) -> Target | None:
    events = records.stream(key, everywhere=True)
    return Target("key", key, sorted(events, key=lambda event: event.id)[-MOST_OF_A_KEY:]) if events else None


def _alone(text: str, records: Records) -> Target | None:
    if CERTIFICATE.fullmatch(text):
        return _of_key(f"certificate/{text.upper()}", records)
    event = records.event(text, everywhere=True)
    if event is not None:
        return Target("event", text, [event])
    caused = records.of_correlation(text)
    return Target("request", text, correlation=text, caused=caused) if caused.events or caused.effects else None
