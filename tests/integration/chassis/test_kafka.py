"""The whole way on the real broker: record, publish, read, apply."""

import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from kafka import KafkaProducer

from chassis.broker.log import KafkaLog
from chassis.broker.publisher import KafkaPublisher
from chassis.consumer.engine import Engine
from chassis.consumer.ledger import StoreLedger
from chassis.consumer.worker import State, Worker
from chassis.events import as_headers
from chassis.outbox.relay import PublishFailed
from chassis.outbox.rows import as_record
from chassis.queries import find
from chassis.store.connection import Store
from tests.backing import Backing
from tests.integration.chassis.notebook.pages import commands
from tests.integration.chassis.notebook.pages.model import Page
from tests.integration.chassis.notebook.service import service

pytestmark = pytest.mark.usefixtures("notebook", "everywhere")
BOUND = 20.0


@pytest.fixture
def prefix() -> str:
    return uuid4().hex[:8]


@pytest.fixture
def worker(backing: Backing, prefix: str) -> Iterator[Worker]:
    log = KafkaLog(backing.kafka, f"notebook-{prefix}", f"notebook-{prefix}-0", ["nassij.registry"])
    worker = Worker(log, Engine(StoreLedger("notebook"), service.reactor()), moved=lambda: None)
    yield worker
    worker.close()


@pytest.fixture
def send(backing: Backing) -> Iterator[Callable[..., None]]:
    producer = KafkaProducer(bootstrap_servers=backing.kafka)

    def send(key: str, sequence: int, value: bytes | None = None, **attributes: str) -> None:
        known = {
            "id": f"{key}-{sequence}",
            "type": "ma.nassij.registry.note.written.v1",
            "source": "/nassij/registry",
            "sequence": str(sequence),
            "time": "2026-03-02T09:00:00+00:00",
            "region": "03",
        }
        data = value if value is not None else b'{"page": "%s"}' % key.encode()
        headers = as_headers(known | attributes)
        producer.send("nassij.registry", key=f"note/{key}".encode(), value=data, headers=headers).get(timeout=BOUND)

    yield send
    producer.close()


def until(worker: Worker, holds: Callable[[], bool]) -> None:
    end = time.monotonic() + BOUND
    while not holds():
        assert time.monotonic() < end, "the worker did not get there in time"
        worker.round()


def turns(page: str) -> int:
    found = find(Page, page)
    return int(found.turns) if found else 0


def test_events_come_from_the_broker_and_are_done_once_even_if_offsets_were_lost(
    worker: Worker, send: Callable[..., None], prefix: str, backing: Backing
) -> None:
    for sequence in (1, 2, 3):
        send(prefix, sequence)
    until(worker, lambda: turns(prefix) == 3)
    worker.close()
    other = KafkaLog(backing.kafka, f"again-{prefix}", f"again-{prefix}-0", ["nassij.registry"])
    again = Worker(other, worker.engine, moved=lambda: None)
    seen: list[int] = []
    until(again, lambda: bool(seen.append(1)) or (len(seen) > 3 and not sum(other.lag().values())))
    again.close()
    assert turns(prefix) == 3


def test_a_malformed_event_in_the_middle_holds_up_its_own_key_only(
    worker: Worker, send: Callable[..., None], prefix: str, notebook: Store
) -> None:
    send(f"{prefix}a", 1)
    send(f"{prefix}a", 2, value=b"{ not json")
    send(f"{prefix}a", 3)
    send(f"{prefix}b", 1)
    until(worker, lambda: turns(f"{prefix}b") == 1 and notebook.database.waiting.count_documents({}) == 2)
    assert turns(f"{prefix}a") == 1
    assert notebook.database.deadletters.count_documents({"state": "open"}) == 1


def test_lag_is_what_the_broker_holds_beyond_what_is_done(worker: Worker, send: Callable[..., None], prefix: str) -> None:
    send(prefix, 1)
    until(worker, lambda: turns(prefix) == 1)
    end = time.monotonic() + BOUND
    while worker.log.lag() != {"nassij.registry": 0}:
        assert time.monotonic() < end
        worker.round()


def test_what_the_outbox_holds_is_published_as_cloudevents(backing: Backing, notebook: Store) -> None:
    commands.open_page("1")
    commands.turn("1")
    row = notebook.database.outbox.find_one()
    assert row is not None
    publisher = KafkaPublisher(backing.kafka, "test")
    assert publisher.publish([row | {"topic": "nassij.training"}]) == [True]
    publisher.close()
    key, value, headers = as_record(row)
    assert (key, value) == (b"page/1", b'{"turns":1}')
    assert dict(headers)["ce_type"] == b"ma.nassij.notebook.page.turned.v1"


def test_a_broker_that_is_not_there_is_waited_for_and_never_a_dead_letter(notebook: Store) -> None:
    nowhere = "127.0.0.1:9"
    log = KafkaLog(nowhere, "g", "g-0", ["nassij.registry"])
    worker = Worker(log, Engine(StoreLedger("notebook"), service.reactor()), lambda: None)
    worker.round()
    assert worker.state is State.BACKING_OFF
    with pytest.raises(PublishFailed):
        KafkaPublisher(nowhere, "test").publish([{"key": "k", "value": b"{}", "attributes": {}, "topic": "nassij.registry"}])
    assert notebook.database.deadletters.count_documents({}) == 0
    worker.close()
