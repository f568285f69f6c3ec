"""What a consumer logs: not each event, but what keeps one from its effects, with the first cause."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
import structlog
from structlog.testing import capture_logs

from chassis.consumer.engine import Engine
from chassis.events import Received
from chassis.reactions import NotYet
from chassis.testing.ledger import MemoryLedger
from tests.unit.chassis.consumer.conftest import SOURCE, engine_of, make

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture(autouse=True)
def _usual_level() -> Iterator[None]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    yield
    structlog.reset_defaults()


def react(event: Received) -> None:
    if event.key == "early":
        raise NotYet("registry", "pack/fes-meknes@1.0")
    if event.key == "torn":
        raise KeyError("a name")


def event(key: str, sequence: int = 1) -> Received:
    return replace(make(key, sequence), correlation="c-1")


@pytest.fixture
def engine() -> Engine:
    return engine_of(MemoryLedger(), react)


def test_a_key_that_begins_to_wait_is_told_once_and_for_what(engine: Engine) -> None:
    with capture_logs() as lines:
        engine.process([event("early"), event("early", 2), event("gap", 2)])
        engine.process([event("early", 3)])
    told = [(line["event"], line["correlation"], line["key"], line["reason"], line["awaits"]) for line in lines]
    assert told == [
        ("consumer.key_waits", "c-1", "early", "not-yet", "/nassij/registry|pack/fes-meknes@1.0"),
        ("consumer.key_waits", "c-1", "gap", "gap", None),
    ]


def test_a_dead_letter_is_told_by_the_kind_of_its_error_alone(engine: Engine) -> None:
    with capture_logs() as lines:
        engine.process([event("torn")])
    (line,) = lines
    assert (line["event"], line["log_level"], line["correlation"]) == ("consumer.dead_letter", "error", "c-1")
    assert (line["source"], line["key"], line["sequence"], line["event_id"]) == (SOURCE, "torn", 1, event("torn").id)
    assert line["error"] == "KeyError"


def test_what_is_applied_costs_no_line_unless_somebody_wants_it(engine: Engine) -> None:
    with capture_logs() as lines:
        engine.process([event("fine")])
    assert lines == []
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG))
    with capture_logs() as lines:
        engine.process([event("fine", 2)])
    assert [(line["event"], line["correlation"]) for line in lines] == [("consumer.settled", "c-1")]
