"""What a service tells Prometheus of its mechanics, read on the real store and broker."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest
from kafka import KafkaProducer
from prometheus_client import REGISTRY

from chassis.broker.log import KafkaLog
from chassis.consumer.beginning import first_started
from chassis.consumer.engine import Engine
from chassis.consumer.ledger import StoreLedger
from chassis.consumer.waiting import keys_that_wait
from chassis.events import Received
from chassis.ids import new_id
from chassis.metrics import Ages
from chassis.settings import Settings
from chassis.status import status
from chassis.store.connection import Store
from chassis.testing.clock import FrozenClock
from operator_cli.stack.topics import ENDLESS, Topic, ensure
from tests.backing import Backing
from tests.integration.chassis.notebook.pages.model import Page
from tests.integration.chassis.notebook.service import service

pytestmark = pytest.mark.usefixtures("notebook", "everywhere")
TOPIC = "nassij.registry"
BOUND = 20.0


def value(name: str, **labels: str) -> float | None:
    return REGISTRY.get_sample_value(name, labels)


def note(key: str, sequence: int, event_id: str | None = None, **data: object) -> Received:
    return Received(
        id=event_id or new_id(),
        type="ma.nassij.registry.note.written.v1",
        source="/nassij/registry",
        key=f"note/{key}",
        sequence=sequence,
        time=datetime.now(UTC),
        region="03",
        value=msgspec.json.encode({"page": key, **data}),
    )


def look() -> None:
    status(service, Settings(service="notebook", store_uri="mongodb://unused/unused"), None)


def test_waiting_keys_are_told_by_reason_and_by_whom_they_wait_for_until_they_wait_no_longer() -> None:
    engine = Engine(StoreLedger("notebook"), service.reactor())
    engine.process([note("a", 2), note("b", 1, needs="x"), note("c", 1, needs="x"), note("d", 1, tear=True)])
    look()
    assert value("nassij_waiting_keys", reason="gap", awaits="") == 1
    assert value("nassij_waiting_keys", reason="not-yet", awaits="registry") == 2
    assert value("nassij_waiting_keys", reason="dead", awaits="") == 1
    assert value("nassij_waiting_keys_late") == 0
    assert value("nassij_dead_letters", state="open") == 1
    engine.process([note("a", 1), note("x", 1)])
    look()
    assert value("nassij_waiting_keys", reason="gap", awaits="") is None
    assert value("nassij_waiting_keys", reason="not-yet", awaits="registry") is None
    assert value("nassij_waiting_keys", reason="dead", awaits="") == 1


def test_a_key_is_late_after_five_seconds_of_the_machine_and_not_of_the_programme() -> None:
    with FrozenClock(datetime(2031, 3, 2, 9, tzinfo=UTC)):
        Engine(StoreLedger("notebook"), service.reactor()).process([note("a", 2)])
    now = datetime.now(UTC)
    assert keys_that_wait("notebook", now).late == 0
    after = keys_that_wait("notebook", now + timedelta(seconds=6))
    assert (after.keys, after.late) == (1, 1)
    assert 5 < after.oldest_seconds < 8


def test_when_a_consumer_began_is_written_down_once(notebook: Store) -> None:
    began = first_started("notebook")
    assert first_started("notebook") == began
    assert abs((datetime.now(UTC) - began).total_seconds()) < BOUND
    assert notebook.database.consumers.count_documents({}) == 1


def test_ages_are_of_what_was_applied_or_ignored_and_each_event_counts_once() -> None:
    def counted() -> float:
        return value("nassij_event_age_seconds_count", topic=TOPIC) or 0.0

    began = counted()
    ages = Ages([TOPIC], datetime.now(UTC) - timedelta(seconds=1))
    engine = Engine(StoreLedger("notebook"), service.reactor(), settled=ages.settled)
    batch = [note("a", 1), note("a", 3), note("b", 1, tear=True)]
    engine.process(batch)
    assert counted() - began == 1
    engine.process(batch)
    engine.process([note("a", 2)])
    assert counted() - began == 3


def test_exchanges_with_the_store_are_timed_each_batch_of_a_query_by_itself() -> None:
    def counted(operation: str) -> float:
        return value("nassij_store_seconds_count", operation=operation) or 0.0

    names = ("find", "write", "commit", "transaction", "count")
    before = {name: counted(name) for name in names}
    Engine(StoreLedger("notebook"), service.reactor()).process([note("a", 1)])
    assert all(counted(name) > before[name] for name in names[:4])
    finds, counts = counted("find"), counted("count")
    assert len(list(Page.objects)) == Page.objects.count() == 1
    assert (counted("find") - finds, counted("count") - counts) == (1, 1)


def test_records_are_timed_from_kafka_to_the_poll_and_once_though_they_come_again(backing: Backing) -> None:
    name, polled = uuid4().hex[:8], list[Received]()
    topic = f"nassij.{name}"
    ensure(backing.kafka, (Topic(topic, ENDLESS, 1),))

    def counted() -> float:
        return value("nassij_event_transit_seconds_count", topic=topic) or 0.0

    def poll_until(holds: Callable[[], bool]) -> None:
        end = time.monotonic() + BOUND
        while not holds():
            assert time.monotonic() < end
            polled.extend(log.poll(10, 0.2))

    ages = Ages([topic], datetime.now(UTC))
    log = KafkaLog(backing.kafka, name, f"{name}-0", [topic], ages.arrived)
    producer = KafkaProducer(bootstrap_servers=backing.kafka)
    producer.send(topic, key=b"note/1", value=b"{}").get(timeout=BOUND)
    producer.close()
    poll_until(lambda: counted() == 1)
    polled.clear()
    log.rewind()
    poll_until(lambda: bool(polled))
    log.commit()
    log.close()
    assert counted() == 1
    assert value("nassij_broker_seconds_count", operation="poll")
    assert value("nassij_broker_seconds_count", operation="commit")
