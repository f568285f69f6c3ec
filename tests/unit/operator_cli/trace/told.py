"""A register of events that a test tells, in place of a running stack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from operator_cli.trace.events import Event
from operator_cli.trace.records import Effect, Found

BEGAN = 0x01A2087ACD10
APPLIED = {"state": "applied", "reacts": False}


def identifier(milliseconds: int) -> str:
    """The id that a machine would have made so long after the beginning."""
    digits = f"{BEGAN + milliseconds:012x}"
    return f"{digits[:8]}-{digits[8:]}-7000-8000-{milliseconds:012x}"


def happened(
    at: int,
    key: str,
    what: str,
    *,
    service: str = "training",
    sequence: int = 1,
    by: str | None = "demo-national",
    cause: str | None = None,
    **more: Any,
) -> Event:
    """An event recorded so many milliseconds after the beginning, because of a request of its own if no cause is named."""
    return Event(
        id=identifier(at),
        type=f"ma.nassij.{service}.{key.partition('/')[0]}.{what}.v1",
        source=f"/nassij/{service}",
        key=key,
        sequence=sequence,
        time="2026-03-02T09:00:00+00:00",
        region=more.pop("region", "03"),
        correlation=more.pop("correlation", "c-1"),
        causation=cause or f"request-{at}",
        by=by,
        **more,
    )


@dataclass
class Told:
    """Answers from a list of events; counts what it is asked."""

    events: Sequence[Event]
    services: Sequence[str] = ("registry", "training", "certification", "notifications", "observatory")
    states: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    """What became of an event (by id) in a service; applied without a reaction where nothing is said."""
    silent: frozenset[str] = frozenset()
    effects: list[Effect] = field(default_factory=list)
    diagnosed: Mapping[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    questions: int = 0

    def event(self, identifier: str, *, everywhere: bool = False) -> Event | None:
        del everywhere
        self.questions += 1
        return next((event for event in self.events if event.id == identifier), None)

    def stream(self, key: str, *, everywhere: bool = False) -> list[Event]:
        del everywhere
        self.questions += 1
        found = [event for event in self.events if event.key == key]
        return sorted(found, key=lambda event: (event.source, event.sequence))

    def of_correlation(self, correlation: str, after: str | None = None) -> Found:
        found = [event for event in self.events if event.correlation == correlation and event.id > (after or "")]
        return Found(sorted(found, key=lambda event: event.id), self.effects)

    def became(self, service: str, events: Sequence[Event]) -> list[dict[str, Any]] | None:
        if service in self.silent:
            return None
        return [dict(self.states.get((service, event.id), APPLIED)) for event in events]

    def diagnostics(self, association: str) -> list[str]:
        return self.diagnosed.get(association, [])
