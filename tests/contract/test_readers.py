"""Today's readers read the examples of every release, and rely on nothing that a producer does not promise."""

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import pytest

from chassis.contracts.catalogue import Catalogue, service_names
from chassis.contracts.fields import promises
from chassis.contracts.schemas import schema_of
from chassis.events import Received, Stream
from chassis.problems import Problem
from chassis.reactions import NotYet
from chassis.service import Service
from chassis.store import transaction
from chassis.store.connection import Store
from chassis.testing.clock import FrozenClock
from chassis.testing.reading import Path, remembering
from tests.contract.releases import Example, examples

KEY_SECRET = "a-secret-of-this-test-alone-and-nothing-else"


@dataclass
class Reading:
    """One example, what a service read of it, and how that ended."""

    example: Example
    event: Received
    reads: set[Path] = field(default_factory=set)
    applied: bool = False
    awaits: Stream | None = None
    fault: str | None = None

    def attempt(self, service: Service) -> None:
        """Let the service react in a transaction of its own, as its consumer would."""
        event, reactor = replace(self.event, _decoded=[remembering(self.event.data, self.reads)]), service.reactor()

        def react(_: object) -> None:
            reactor.prefetch([event])
            self.applied = reactor.react(event)

        try:
            transaction.once(react)
        except NotYet as not_yet:
            self.awaits = not_yet.awaits
        except Problem:
            self.applied = False
        except Exception as error:  # noqa: BLE001 - whatever else it is, it would be a dead letter
            place = traceback.extract_tb(error.__traceback__)[-1]
            self.fault = f"{type(error).__name__}: {error} ({place.filename}:{place.lineno})"


@pytest.fixture(params=service_names())
def service(
    request: pytest.FixtureRequest, catalogue: Catalogue, open_store: Callable[[Service], Store], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Service]:
    found = next(service for service in catalogue.services if service.name == request.param)
    for name, value in {"STORE_URI": "mongodb://unused/unused", "KEY_SECRET": KEY_SECRET}.items():
        monkeypatch.setenv(f"NASSIJ_{name}", value)
    open_store(found)
    with FrozenClock():
        yield found


def read_all(service: Service, catalogue: Catalogue) -> list[Reading]:
    """Let a service read everything that it reacts to, again and with what it awaits, as long as that brings it further."""
    readings = [reading for example in examples() for reading in _readings(example, service, catalogue)]
    for sequence, reading in enumerate(readings, 1):
        # Examples are made one by one; as events of one and the same key each has a place of its own.
        reading.event = replace(reading.event, sequence=sequence)
    left: Sequence[Reading] = readings
    while left:
        for reading in left:
            reading.attempt(service)
        still = [reading for reading in left if not reading.applied and reading.fault is None]
        awaited = _awaited(still, readings)
        readings += awaited
        left = [*awaited, *still] if awaited or len(still) < len(left) else []
    return readings


def _readings(example: Example, service: Service, catalogue: Catalogue) -> Iterator[Reading]:
    """An example, and it again with each other value that its schema allows where it lists them."""
    event = catalogue.by_type.get(example.type)
    if event is None or not service.reactions_to(first := example.record(event.topic)):
        return
    yield Reading(example, first)
    for name, schema in schema_of(event)["properties"].items():
        for value in (other for other in schema.get("enum", ()) if other != example.event["data"].get(name)):
            changed = Example(example.release, example.event | {"data": example.event["data"] | {name: value}})
            yield Reading(changed, changed.record(event.topic))


def _awaited(still: Sequence[Reading], known: Sequence[Reading]) -> list[Reading]:
    """What these wait for, made from the example of such an event."""
    awaited = {reading.awaits for reading in still if reading.awaits is not None} - {reading.event.stream for reading in known}
    found = []
    for stream in sorted(awaited):
        model = next((reading for reading in known if _is_like(reading.event.stream, stream)), None)
        if model is not None:
            found.append(Reading(model.example, replace(model.event, key=stream.key)))
    return found


def _is_like(one: Stream, other: Stream) -> bool:
    return one.source == other.source and one.key.partition("/")[0] == other.key.partition("/")[0]


def test_todays_readers_read_what_every_release_published_and_rely_on_what_is_promised(
    service: Service, catalogue: Catalogue
) -> None:
    readings = read_all(service, catalogue)
    assert readings, f"{service.name} reacts to nothing that anybody publishes"
    assert [f"{reading.example}: {reading.event.fault}" for reading in readings if reading.event.fault] == []
    assert [f"{service.name} reads {reading.example}: {reading.fault}" for reading in readings if reading.fault] == []
    assert list(_unpromised(service, catalogue, readings)) == []
    assert [f"{reading.example} awaits {reading.awaits}" for reading in readings if not _exists(reading, catalogue)] == []


@pytest.mark.parametrize("service", ["training"], indirect=True)
def test_a_reader_that_misses_a_field_is_caught(service: Service) -> None:
    whole = next(example for example in examples() if example.type == "ma.nassij.registry.region.joined.v1")
    data = {name: value for name, value in whole.event["data"].items() if name != "pack"}
    lacking = Example(whole.release, whole.event | {"data": data})
    reading = Reading(lacking, lacking.record("nassij.registry"))
    reading.attempt(service)
    assert reading.fault is not None
    assert reading.fault.startswith("KeyError: 'pack'")
    assert ("pack",) in reading.reads


def test_a_person_who_is_erased_is_forgotten_by_every_reader(service: Service, catalogue: Catalogue) -> None:
    for reading in read_all(service, catalogue):
        if reading.event.personal:
            tombstone = replace(reading.event, value=None, sequence=2, _decoded=[])
            assert transaction.once(partial(_react, service, tombstone))


def _react(service: Service, event: Received, _: object) -> bool:
    return service.reactor().react(event)


def _unpromised(service: Service, catalogue: Catalogue, readings: Sequence[Reading]) -> Iterator[str]:
    for reading in readings:
        schema = schema_of(catalogue.by_type[reading.example.type])
        for path in sorted(reading.reads):
            if not promises(schema, path):
                yield f"{service.name} reads {'.'.join(path)} of {reading.example.type}, which its producer does not promise"


def _exists(reading: Reading, catalogue: Catalogue) -> bool:
    """Whether what a reading waits for is something that anybody publishes."""
    if reading.awaits is None:
        return True
    subject = reading.awaits.key.partition("/")[0]
    return any(event.source == reading.awaits.source and event.subject == subject for event in catalogue.events)
