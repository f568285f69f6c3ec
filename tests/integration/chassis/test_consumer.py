"""The engine on the real store: effects, watermarks, waiting events and dead letters stand in one transaction."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from chassis import clock
from chassis.consumer import deadletters
from chassis.consumer.deadletters import DeadLetter
from chassis.consumer.engine import Engine
from chassis.consumer.ledger import StoreLedger
from chassis.events import Received
from chassis.problems import RuleBroken
from chassis.queries import find, get
from chassis.store.connection import Store
from chassis.testing.clock import FrozenClock
from tests.integration.chassis.notebook.pages.model import Page
from tests.integration.chassis.notebook.service import service

pytestmark = pytest.mark.usefixtures("notebook", "everywhere")


@pytest.fixture
def frozen() -> Iterator[FrozenClock]:
    with FrozenClock(datetime(2026, 3, 2, 9, tzinfo=UTC)) as frozen:
        yield frozen


@pytest.fixture
def engine() -> Engine:
    return Engine(StoreLedger("notebook"), service.reactor())


def note(key: str, sequence: int, **data: object) -> Received:
    return Received(
        id=f"{key}-{sequence}",
        type="ma.nassij.registry.note.written.v1",
        source="/nassij/registry",
        key=f"note/{key}",
        sequence=sequence,
        time=clock.now(),
        region="03",
        correlation="c",
        value=msgspec.json.encode({"page": key, **data}),
    )


def letter_of(key: str, sequence: int) -> str:
    return deadletters.letter_id("notebook", note(key, sequence))


def turns(page: str) -> int:
    found = find(Page, page)
    return int(found.turns) if found else 0


def test_a_batch_is_applied_once_however_often_it_comes(engine: Engine, notebook: Store) -> None:
    batch = [note("a", 1), note("b", 1), note("a", 2), note("a", 3)]
    assert engine.process(batch) == {"applied": 4}
    assert engine.process(batch) == {"duplicate": 4}
    assert (turns("a"), turns("b")) == (3, 1)
    rows = list(notebook.database.outbox.find({"key": "page/a"}).sort("_id", 1))
    assert [row["sequence"] for row in rows] == [1, 2, 3]
    assert rows[0]["attributes"]["causation"] == "a-1"
    assert rows[0]["attributes"]["correlation"] == "c"


def test_a_gap_waits_in_the_store_and_drains(engine: Engine, notebook: Store) -> None:
    engine.process([note("a", 2), note("a", 3)])
    assert turns("a") == 0
    assert notebook.database.waiting.count_documents({}) == 2
    engine.process([note("a", 1)])
    assert turns("a") == 3
    assert notebook.database.waiting.count_documents({}) == 0


def test_what_a_failing_reaction_wrote_does_not_survive_and_its_letter_is_announced(engine: Engine, notebook: Store) -> None:
    engine.process([note("a", 1), note("b", 1), note("a", 2, tear=True), note("a", 3)])
    assert (turns("a"), turns("b")) == (1, 1)
    letter = get(DeadLetter, letter_of("a", 2))
    assert letter.error == "KeyError: 'torn'"
    announced = notebook.database.outbox.find_one({"key": f"deadletter/{letter.id}"})
    assert announced is not None
    assert b"torn" not in announced["value"]


def test_what_no_store_holds_is_laid_to_the_event_that_brought_it(engine: Engine, notebook: Store) -> None:
    engine.process([note("a", 1), note("b", 1), note("b", 2, turns=10**30), note("a", 2), note("b", 3)])
    assert (turns("a"), turns("b")) == (2, 1)
    assert get(DeadLetter, letter_of("b", 2)).error.startswith("OverflowError")
    assert notebook.database.waiting.count_documents({}) == 2


def test_what_a_unique_index_refuses_each_time_is_laid_to_the_event_that_brought_it(engine: Engine) -> None:
    engine.process([note("a", 1, title="one of its kind")])
    engine.process([note("b", 1), note("b", 2, title="one of its kind"), note("c", 1)])
    assert (turns("a"), turns("b"), turns("c")) == (1, 1, 1)
    letter = get(DeadLetter, letter_of("b", 2))
    assert letter.error.startswith("DuplicateValue")
    assert "one of its kind" not in letter.trace


def test_two_events_of_one_id_have_a_letter_each(engine: Engine) -> None:
    both = [replace(note(key, 1, tear=True), id="the same") for key in ("a", "b")]
    engine.process(both)
    assert {get(DeadLetter, letter_of(key, 1)).stream for key in ("a", "b")} == {"note/a", "note/b"}


def test_discarding_a_dead_letter_lets_those_behind_it_go_on_and_keeps_who_and_why(engine: Engine) -> None:
    engine.process([note("a", 1, tear=True), note("a", 2)])
    letter = deadletters.discard(letter_of("a", 1), "written twice by mistake")
    assert letter.history[0]["why"] == "written twice by mistake"
    assert letter.history[0]["by"] == "test"
    engine.sweep()
    assert turns("a") == 1
    with pytest.raises(RuleBroken):
        deadletters.retry(letter_of("a", 1))


def test_a_retry_that_fails_again_opens_the_letter_again(engine: Engine) -> None:
    engine.process([note("a", 1, tear=True), note("a", 2)])
    deadletters.retry(letter_of("a", 1))
    engine.sweep()
    letter = get(DeadLetter, letter_of("a", 1))
    assert (letter.state, letter.deaths) == ("open", 2)
    assert turns("a") == 0


def test_an_event_that_needs_another_key_goes_on_in_the_batch_that_brings_it(engine: Engine, frozen: FrozenClock) -> None:
    engine.process([note("a", 1, needs="x"), note("a", 2), note("b", 1)])
    assert (turns("a"), turns("b")) == (0, 1)
    engine.process([note("x", 1)])
    assert (turns("x"), turns("a")) == (1, 2)
    frozen.advance(timedelta(hours=1))
    assert engine.sweep() == {}


def test_a_record_that_is_no_event_is_a_dead_letter_and_holds_up_nobody_else(engine: Engine) -> None:
    from chassis.events import read

    bad = read("nassij.registry", "nassij.registry/0/7", b"note/z", [], b"not an event")
    assert engine.process([bad, note("a", 1)]) == {"applied": 1, "dead": 1, "waiting": 1}
    assert get(DeadLetter, deadletters.letter_id("notebook", bad)).error.startswith("Malformed: no ce_id header")


def test_a_record_whose_data_is_not_json_blocks_its_own_key(engine: Engine) -> None:
    assert engine.process([replace(note("a", 1), value=b"{"), note("a", 2), note("b", 1)])["dead"] == 1
    assert (turns("a"), turns("b")) == (0, 1)


def test_types_nobody_reacts_to_only_move_the_watermark(engine: Engine, notebook: Store) -> None:
    assert engine.process([replace(note("a", 1), type="ma.nassij.registry.note.read.v1")]) == {"ignored": 1}
    assert notebook.database.watermarks.find_one({"_id": "notebook|/nassij/registry|note/a"})["sequence"] == 1  # type: ignore[index]
