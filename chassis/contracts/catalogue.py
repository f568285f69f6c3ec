"""What all services publish and follow, as their code declares it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from inspect import getdoc
from pkgutil import iter_modules
from typing import Any, Self

from chassis.aggregate import Aggregate
from chassis.contracts.subjects import Subjects
from chassis.events import EventType
from chassis.reactions import Reaction
from chassis.service import Service


class Unloadable(Exception):  # noqa: N818 - it reads as what it says
    """A service cannot be imported, so nobody can tell what it publishes."""


@dataclass(frozen=True)
class Follower:
    """Who reacts to an event type: the service, its subject, and the reaction's own first sentence."""

    service: str
    subject: str
    says: str
    personal: bool


@dataclass(frozen=True)
class Catalogue:
    """All services, and what is known of their events' subjects."""

    services: tuple[Service, ...]
    subjects: Subjects

    @classmethod
    def load(cls) -> Self:
        """Import every service of the package ``services``.

        Raises:
            Unloadable: one of them cannot be imported.

        """
        return cls(tuple(_load(name) for name in service_names()), Subjects.load())

    @property
    def events(self) -> Iterator[EventType]:
        """Every declared event, service by service."""
        for service in self.services:
            yield from service.events

    @cached_property
    def by_type(self) -> Mapping[str, EventType]:
        """Every declared event by its CloudEvents type."""
        return {event.name: event for event in self.events}

    @cached_property
    def topics(self) -> Mapping[str, list[EventType]]:
        """What travels on each topic."""
        found: dict[str, list[EventType]] = {}
        for event in self.events:
            found.setdefault(event.topic, []).append(event)
        return found

    @property
    def reactions(self) -> Iterator[tuple[Service, Reaction]]:
        """Every reaction of every service to a type of its own; one that follows everything says nothing of a type."""
        for service in self.services:
            for reactions in service.reactions.values():
                yield from ((service, reaction) for reaction in reactions if not reaction.follows_all)

    def followers(self, event_type: str) -> list[Follower]:
        """Who reacts to an event type."""
        return [_follower(service, reaction) for service, reaction in self.reactions if reaction.type == event_type]

    def territory(self, event: EventType) -> tuple[str, ...]:
        """Which of ``region`` and ``province`` an event's headers tell: those by which its aggregate is scoped."""
        owner = self.subjects.of(event).told_by or event.subject
        service = next(service for service in self.services if service.name == event.service)
        aggregates = (cls for cls in service.documents if issubclass(cls, Aggregate))
        scoped = next((cls.territory for cls in aggregates if getattr(cls, "subject", None) == owner), ())
        return ("region", "province")[: len(scoped)]


def service_names() -> list[str]:
    """The services that have a composition root."""
    package: Any = import_module("services")
    names = (found.name for found in iter_modules(package.__path__))
    return sorted(name for name in names if find_spec(f"services.{name}.service") is not None)


def _load(name: str) -> Service:
    try:
        service: Service = import_module(f"services.{name}.service").service
        _ = service.modules  # imports its subjects
    except (ImportError, AttributeError, SyntaxError) as error:
        raise Unloadable(f"The service {name} cannot be imported: {type(error).__name__}: {error}") from error
    return service


def _follower(service: Service, reaction: Reaction) -> Follower:
    subject = reaction.react.__module__.split(".")[2]
    says = (getdoc(reaction.react) or "").split("\n\n")[0].replace("\n", " ")
    return Follower(service.name, subject, says, reaction.personal)
