"""One trace from a request through outbox and log to what others make of it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from chassis.consumer.engine import Engine
from chassis.consumer.ledger import StoreLedger
from chassis.deadlines import Timekeeper
from chassis.events import Received, read
from chassis.http import Blueprint, create_app, public
from chassis.intents import Retry
from chassis.lease import Lease
from chassis.outbox.relay import Relay
from chassis.outbox.rows import Row, as_record
from chassis.scope import unscoped
from chassis.sender import Sender
from chassis.settings import Settings
from chassis.store.connection import Store
from chassis.testing.clock import FrozenClock
from chassis.testing.tokens import TestIssuer
from tests.integration.chassis.notebook.pages import commands
from tests.integration.chassis.notebook.service import service as notebook_service
from tests.integration.chassis.reader.service import service as reader
from tests.otlp import Collector, collecting
from tests.unit.chassis.http.conftest import Hosted

pytestmark = pytest.mark.usefixtures("notebook", "everywhere")
CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class MemoryPublisher:
    """A log in memory, read as a consumer reads it."""

    def __init__(self) -> None:
        self.events: list[Received] = []

    def publish(self, rows: Sequence[Row]) -> list[bool]:
        self.events += [
            read(row["topic"], "memory", key, headers, value) for row in rows for key, value, headers in [as_record(row)]
        ]
        return [True] * len(rows)

    def close(self) -> None:
        pass


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting(service="notebook") as found:
        yield found


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    pages = Blueprint("pages", __name__)

    @pages.post("/pages/<page>/turn")
    @public
    def turn(page: str) -> str:
        with unscoped("a test"):
            commands.turn(page)
        return "turned"

    settings = Settings(service="notebook", store_uri="mongodb://u:p@h/d")
    return create_app(Hosted("notebook", [pages]), settings, verifier=TestIssuer(tmp_path).verifier()).test_client()


def publish() -> list[Received]:
    publisher = MemoryPublisher()
    Relay(publisher, Lease("relay", "first")).round()
    return publisher.events


def test_a_request_what_it_publishes_and_what_comes_of_it_are_one_trace(collector: Collector, client: FlaskClient) -> None:
    commands.open_page("1")
    client.post("/v1/pages/1/turn", headers={"traceparent": CALLER})
    (turned,) = publish()
    Engine(StoreLedger("reader"), reader.reactor()).process([turned])
    (marked,) = publish()
    collector.flush()
    request, sent = collector.named("POST /v1/pages/<page>/turn"), collector.named("process ma.nassij.notebook.page.turned.v1")
    assert turned.traceparent == request.traceparent
    assert sent.parent == request.id
    assert marked.traceparent == sent.traceparent
    first, second = [span for span in collector.spans if span.kind == "producer"]
    assert (first.parent, second.parent) == (request.id, sent.id)
    assert first.attributes["messaging.message.id"] == turned.id
    assert {span.trace for span in collector.spans} == {CALLER[3:35]}
    assert len(collector.spans) == 4


def test_only_what_was_applied_in_the_end_is_told_and_once(collector: Collector, client: FlaskClient) -> None:
    commands.open_page("1")
    client.post("/v1/pages/1/turn")
    client.post("/v1/pages/1/turn")
    good, bad = publish()  # the reader stumbles over the second turn, after it wrote
    outcomes = Engine(StoreLedger("reader"), reader.reactor()).process([good, bad])
    assert (outcomes["applied"], outcomes["dead"]) == (1, 1)
    collector.flush()
    applied = [span for span in collector.spans if span.kind == "consumer"]
    assert [span.attributes["messaging.message.id"] for span in applied] == [good.id]


def test_an_attempt_to_send_belongs_to_what_wanted_it(collector: Collector, client: FlaskClient, notebook: Store) -> None:
    commands.open_page("1")
    client.post("/v1/pages/1/turn", headers={"traceparent": CALLER})
    commands.answers[:] = [Retry("busy", timedelta(0))]
    commands.post("1")
    notebook.database.intents.update_many({}, {"$set": {"traceparent": CALLER}})
    sender = Sender(notebook_service.channels, threads=1)
    sender.round()
    sender.round()
    sender.close()
    collector.flush()
    failed, done = [span for span in collector.spans if span.name == "send letter"]
    assert (failed.failed, failed.attributes["nassij.intent.outcome"]) == (True, "retry")
    assert (done.failed, done.attributes["nassij.intent.attempt"]) == (False, 2)
    assert {failed.trace, done.trace} == {CALLER[3:35]}
    assert publish()[-1].traceparent == done.traceparent


def test_a_deadline_begins_a_trace_of_its_own_and_what_it_does_belongs_to_that(collector: Collector) -> None:
    with FrozenClock() as clock:
        commands.open_page("1")
        commands.turn_later("1", timedelta(days=30))
        clock.advance(timedelta(days=31))
        assert Timekeeper(notebook_service.deadlines).round() == 1
    collector.flush()
    span = collector.named("deadline turn")
    assert str(publish()[0].traceparent).startswith(span.traceparent[:-2])  # flags of a trace that begins here are its own


def test_without_a_collector_events_carry_on_the_callers_trace_as_ever(client: FlaskClient) -> None:
    commands.open_page("1")
    client.post("/v1/pages/1/turn", headers={"traceparent": CALLER})
    (turned,) = publish()
    assert turned.traceparent is not None
    assert turned.traceparent.startswith(CALLER[:36])
    assert turned.traceparent.endswith("-01")
    Engine(StoreLedger("reader"), reader.reactor()).process([turned])
    (marked,) = publish()
    assert marked.traceparent == turned.traceparent
