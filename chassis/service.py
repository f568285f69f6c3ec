"""A service: what its subjects declare, collected by the marks they carry."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from types import FunctionType, ModuleType
from typing import Any

import structlog

from chassis import telemetry
from chassis.consumer.deadletters import DeadLetter, announcements
from chassis.consumer.engine import Reactor
from chassis.context import Context, entered
from chassis.deadlines import Deadline
from chassis.events import EventType, Malformed, Received, type_of
from chassis.http.blueprint import Blueprint
from chassis.intents import Intent, Outcome
from chassis.queries import get_many
from chassis.reactions import EVERY, Ahead, Reaction
from chassis.scope import EVERYWHERE, of_region
from chassis.sender import Channel
from chassis.store.documents import Stored

log = structlog.get_logger(__name__)
ROOMS = ("model", "events", "commands", "reactions", "deadlines", "gateways", "api", "metrics")


@dataclass(frozen=True)
class Service:
    """One service of the system: its name and the folders of its subjects. Everything else is found in them."""

    name: str
    title: str
    subjects: Sequence[str]
    package: str = field(default="services")
    demands: Sequence[str] = ()  # optional settings that this service cannot do without
    gathering_ms: int = 0  # how long its consumer may let events gather, to apply many in one transaction

    @cached_property
    def modules(self) -> list[ModuleType]:
        """The modules of every subject, imported."""
        return [module for subject in self.subjects for module in self._rooms(subject)]

    @cached_property
    def blueprints(self) -> Sequence[Blueprint]:
        """All its views."""
        from chassis.ops import blueprint as ops
        from chassis.ops_events import events_of
        from chassis.ops_health import health_of

        own = [found for _, found in self._declared() if isinstance(found, Blueprint)]
        return [*dict.fromkeys(own), ops, health_of(self), events_of(self)]

    @cached_property
    def reactions(self) -> dict[str, list[Reaction]]:
        """Its reactions by event type, in the order of the subjects."""
        found: defaultdict[str, list[Reaction]] = defaultdict(list)
        for _, function in self._marked("__reactions__"):
            for reaction in function.__reactions__:
                found[reaction.type].append(reaction)
        return dict(found)

    def reactions_to(self, event: Received) -> list[Reaction]:
        """Those that are called for an event. What follows everything of a service is never given what is personal."""
        own = self.reactions.get(event.type, [])
        if event.personal:
            return own
        return own + self.reactions.get(f"ma.nassij.{event.source.rpartition('/')[2]}{EVERY}", [])

    @cached_property
    def deadlines(self) -> dict[str, Deadline]:
        """What it does when time comes, by name."""
        return {function.__deadline__.name: function.__deadline__ for _, function in self._marked("__deadline__")}

    @cached_property
    def channels(self) -> dict[str, Channel]:
        """How it carries out each kind of intent."""
        senders = {function.__sender__: function for _, function in self._marked("__sender__")}
        settlers = {function.__settled__: function for _, function in self._marked("__settled__")}
        return {kind: Channel(send, settlers.get(kind, _nothing_more)) for kind, send in senders.items()}

    @cached_property
    def events(self) -> list[EventType]:
        """What it publishes."""
        own = {type_of(cls).name: type_of(cls) for _, cls in self._marked("__event__") if isinstance(cls, type)}
        own |= {type_of(cls).name: type_of(cls) for cls in announcements(self.name)}
        return [own[name] for name in sorted(own) if own[name].service == self.name]

    @cached_property
    def documents(self) -> list[type[Stored]]:
        """What it keeps."""
        found = (value for _, value in self._declared() if isinstance(value, type) and issubclass(value, Stored))
        return [*dict.fromkeys(cls for cls in found if not cls._meta.get("abstract")), DeadLetter]

    @property
    def topics(self) -> list[str]:
        """The topics that it reads."""
        return sorted({reaction.topic for reactions in self.reactions.values() for reaction in reactions})

    def reactor(self) -> Reactor:
        """What its consumer does with an event."""
        return Reactor(self._react, self._prefetch)

    def _react(self, event: Received) -> bool:
        if event.fault is not None:
            raise Malformed(event.fault)
        reactions = self.reactions_to(event)
        if not reactions:
            return False
        with telemetry.applying(event) as span, entered(_context(event, span.traceparent)):
            for reaction in reactions:
                reaction.react(event)
        return True

    def _prefetch(self, events: Sequence[Received]) -> None:
        wanted: defaultdict[type[Stored], set[Any]] = defaultdict(set)
        for event in events:
            for cls, keys in self._wanted(event):
                wanted[cls].update(keys)
        with entered(Context(scope=EVERYWHERE)):
            for cls, all_keys in wanted.items():
                get_many(cls, all_keys)
            for ahead in self._aheads:
                ahead([event for event in events if any(reaction.ahead is ahead for reaction in self.reactions_to(event))])

    @cached_property
    def _aheads(self) -> list[Ahead]:
        declared = (reaction.ahead for reactions in self.reactions.values() for reaction in reactions)
        return [*dict.fromkeys(ahead for ahead in declared if ahead is not None)]

    def _wanted(self, event: Received) -> Iterator[tuple[type[Stored], Sequence[Any]]]:
        for reaction in self.reactions_to(event):
            if reaction.loads is not None:
                try:
                    # Keys are texts; anything else is no key, and the store might take it for an operator.
                    wanted = reaction.loads(event).items()
                    yield from [(cls, [key for key in keys if isinstance(key, str)]) for cls, keys in wanted]
                except Exception as error:  # noqa: BLE001 - whatever a stranger's data make it raise
                    # The reaction itself will stumble over the same thing and be judged for it; loading ahead is no duty.
                    log.debug("consumer.nothing_to_load_ahead", event_id=event.id, error=type(error).__name__)

    def _rooms(self, subject: str) -> Iterator[ModuleType]:
        folder = f"{self.package}.{self.name}.{subject}"
        for room in ROOMS:
            if find_spec(f"{folder}.{room}") is not None:
                yield import_module(f"{folder}.{room}")

    def _declared(self) -> Iterator[tuple[str, Any]]:
        for module in self.modules:
            yield from vars(module).items()

    def _marked(self, mark: str) -> list[tuple[str, Any]]:
        # Only functions and classes are marked; others, such as Flask's request, must not be asked outside their time.
        markable = ((name, value) for name, value in self._declared() if isinstance(value, (type, FunctionType)))
        # The same function may be imported into several modules; it counts once.
        found = {id(value): (name, value) for name, value in markable if mark in vars(value)}
        return list(found.values())


def _context(event: Received, traceparent: str | None) -> Context:
    return Context(
        by=event.by,
        scope=of_region(event.region),
        correlation=event.correlation or event.id,
        causation=event.id,
        traceparent=traceparent or event.traceparent,
    )


def _nothing_more(_: Intent, __: Outcome) -> None:
    """Nothing is to be done when an attempt of this kind ended."""
