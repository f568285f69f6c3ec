"""Where events are looked up: in the observatory, and in the outboxes of the services themselves."""

import time
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from chassis.ids import made_at
from operator_cli.client import Services, call, must
from operator_cli.errors import NotRunning
from operator_cli.trace.events import Event

OBSERVATORY = "observatory"
PAGE, AT_ONCE = 200, 200
MOST_OF_A_STORY, MOST_OF_A_STREAM = 2000, 1000
FRESH_SECONDS = 60
"""How long what was published may still be on its way to the observatory; outboxes are then looked through for it."""

ALL_SECONDS = 14 * 86_400
"""How far back outboxes are looked through where the observatory cannot be asked: they keep no more."""

MOST_DIAGNOSTICS = 3


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that is still to be done outside because of an event: a mail, a delivery."""

    service: str
    kind: str
    causation: str | None
    attempts: int
    due: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """Events of one first cause in the order in which they were recorded, and effects that are still to come."""

    events: list[Event]
    effects: list[Effect] = field(default_factory=list)
    complete: bool = True


class Records(Protocol):
    """What a story is told from."""

    notes: list[str]
    """What could not be asked, in sentences."""

    services: Sequence[str]

    def event(self, identifier: str, *, everywhere: bool = False) -> Event | None:
        """The event with this id; ``everywhere`` also asks the services themselves for what is not known elsewhere yet."""

    def stream(self, key: str, *, everywhere: bool = False) -> list[Event]:
        """The events of a key in their order."""

    def of_correlation(self, correlation: str, after: str | None = None) -> Found:
        """What came of a first cause, after an event if one is named."""

    def became(self, service: str, events: Sequence[Event]) -> list[dict[str, Any]] | None:
        """For each event what became of it in a service; None where that does not answer."""

    def diagnostics(self, association: str) -> list[str]:
        """The ids of an association's diagnostics, the first ones."""


class Asked:
    """The records of a running stack. Each question is asked once."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.services: Sequence[str] = services.names
        self.notes: list[str] = []
        self._events: dict[str, Event | None] = {}
        self._streams: dict[str, list[Event]] = {}
        self._silent: set[str] = set()
        if OBSERVATORY not in self.services:
            self._without_observatory()

    def event(self, identifier: str, *, everywhere: bool = False) -> Event | None:
        """The event with this id."""
        if self._events.get(identifier) is None and (everywhere or identifier not in self._events):
            found = self._observed(id=identifier, most=1)
            if not found and (everywhere or self._blind):
                found = self._recorded(id=identifier).events
            self._events[identifier] = found[0] if found else None
        return self._events[identifier]

    def stream(self, key: str, *, everywhere: bool = False) -> list[Event]:
        """The events of a key, by publisher and sequence."""
        if key not in self._streams or everywhere:
            found = self._observed(key=key, most=MOST_OF_A_STREAM)
            if everywhere or self._blind:
                found = merged(found, self._recorded(known=bool(found), key=key).events)
            self._streams[key] = sorted(found, key=lambda event: (event.source, event.sequence))
            self._know(found)
        return self._streams[key]

    def of_correlation(self, correlation: str, after: str | None = None) -> Found:
        """What came of a first cause: as observed, and what its services have recorded since."""
        observed = self._observed(correlation=correlation, after=after, most=MOST_OF_A_STORY + 1)
        recorded = self._recorded(correlation=correlation)
        events = [event for event in merged(observed, recorded.events) if after is None or event.id > after]
        self._know(events)
        complete = len(observed) <= MOST_OF_A_STORY and (recorded.complete or not self._blind)
        return Found(events[:MOST_OF_A_STORY], recorded.effects, complete)

    def became(self, service: str, events: Sequence[Event]) -> list[dict[str, Any]] | None:
        """For each event what became of it in a service."""
        items: list[dict[str, Any]] = []
        for start in range(0, len(events), AT_ONCE):
            body = {"events": [event.place for event in events[start : start + AT_ONCE]]}
            answer = self._ask(service, "POST", "/ops/consumed", body=body)
            if answer is None:
                return None
            items += answer["items"]
        return items

    def diagnostics(self, association: str) -> list[str]:
        """The ids of an association's diagnostics."""
        answer = self._ask("registry", "GET", "/v1/diagnostics", association=association, limit=MOST_DIAGNOSTICS)
        return [found["id"] for found in answer["items"]] if answer else []

    @property
    def _blind(self) -> bool:
        return OBSERVATORY in self._silent

    def _observed(self, *, most: int, after: str | None = None, **question: str) -> list[Event]:
        return list(self._pages(question, after, most)) if not self._blind else []

    def _pages(self, question: Mapping[str, str], after: str | None, most: int) -> Iterator[Event]:
        left = most
        while left > 0:
            page = self._ask(OBSERVATORY, "GET", "/v1/events", limit=min(PAGE, left), after=after, **question)
            if page is None:
                return
            yield from map(Event.of, page["items"])
            left, after = left - len(page["items"]), page["next"]
            if not after:
                return

    def _recorded(self, *, known: bool = False, **question: str) -> Found:
        """What the services' own outboxes have; ``known`` says that the observatory has some of it."""
        far = self._far(question, known=known)

        def ask(service: str) -> Any:
            return self._ask(service, "GET", "/ops/events", **question, seconds=far)

        with ThreadPoolExecutor(len(self.services)) as pool:
            answers = dict(zip(self.services, pool.map(ask, self.services), strict=True))
        told = {name: answer for name, answer in answers.items() if answer is not None}
        events = merged(*([Event.of(item) for item in answer["items"]] for answer in told.values()))
        effects = [_effect(name, item) for name, answer in told.items() for item in answer["intents"]]
        return Found(events, effects, all(answer["complete"] for answer in told.values()))

    def _far(self, question: Mapping[str, str], *, known: bool) -> int:
        """How many seconds back outboxes are looked through for what is published; none where the observatory has all of it."""
        if self._blind:
            return ALL_SECONDS
        began = made_at(question.get("correlation") or question.get("id") or "")
        is_fresh = not known if began is None else time.time() - began < FRESH_SECONDS
        return FRESH_SECONDS if is_fresh or self._behind else 0

    @cached_property
    def _behind(self) -> int:
        """How many events the observatory has not read yet."""
        try:
            status = call("GET", f"{self._services.background(OBSERVATORY)}/ops/status").body
            behind = int(status["consumer"]["lag"] or 0)
        except (NotRunning, KeyError, TypeError):
            self.notes.append("The observatory's background process does not answer: what happened last may be missing.")
            return 1
        if behind:
            self.notes.append(f"The observatory is {behind} events behind: what happened last may be missing.")
        return behind

    def _ask(self, service: str, method: str, path: str, *, body: Any = None, **query: str | int | None) -> Any:
        """The answer, or None where there is none; a service that is silent once is not asked again."""
        if service in self._silent:
            return None
        given = {name: value for name, value in query.items() if value is not None}
        try:
            url = self._services.web(service) + path + (f"?{urllib.parse.urlencode(given)}" if given else "")
            answer = call(method, url, token=self._services.token, body=body)
        except NotRunning:
            answer = None
        if answer is None or answer.status >= 500:  # noqa: PLR2004 - the service's own trouble
            self._note_silent(service)
            return None
        return must(answer)

    def _note_silent(self, service: str) -> None:
        self._silent.add(service)
        if service == OBSERVATORY:
            self._without_observatory()
        else:
            self.notes.append(f"{service} does not answer: what it recorded last and what became of events there is not known.")

    def _without_observatory(self) -> None:
        self._silent.add(OBSERVATORY)
        self.notes.append(
            "The observatory does not answer: told from the services' own outboxes, which keep two weeks; "
            "what an event refers to is not known."
        )

    def _know(self, events: Iterable[Event]) -> None:
        self._events.update({event.id: event for event in events})


def merged(*parts: Iterable[Event]) -> list[Event]:
    """Events told by several, each once as the first tells it, but pending where anybody says so; ordered as recorded."""
    found: dict[str, Event] = {}
    for event in (each for part in parts for each in part):
        found.setdefault(event.id, event)
    return [found[identifier] for identifier in sorted(found)]


def _effect(service: str, told: Mapping[str, Any]) -> Effect:
    return Effect(service, told["kind"], told["causation"], told["attempts"], told["due"], told["reason"])
