"""Effects on the outside and deadlines, on the real store."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from chassis.deadlines import Timekeeper
from chassis.intents import GaveUp, Retry
from chassis.queries import get
from chassis.sender import Sender
from chassis.store.connection import Store
from chassis.testing.clock import FrozenClock
from tests.integration.chassis.notebook.pages import commands
from tests.integration.chassis.notebook.pages.model import MOST, Page
from tests.integration.chassis.notebook.service import service

pytestmark = pytest.mark.usefixtures("notebook", "everywhere")


@pytest.fixture(autouse=True)
def frozen() -> Iterator[FrozenClock]:
    with FrozenClock(datetime(2026, 3, 2, 9, tzinfo=UTC)) as frozen:
        yield frozen


@pytest.fixture
def sender() -> Iterator[Sender]:
    commands.sent.clear()
    commands.answers.clear()
    sender = Sender(service.channels, threads=2)
    yield sender
    sender.close()


def test_an_effect_is_carried_out_once_and_what_follows_from_it_is_written_with_its_end(sender: Sender) -> None:
    commands.open_page("1")
    commands.post("1")
    commands.post("1")  # the same cause again
    assert sender.round() == 1
    assert sender.round() == 0
    assert len(commands.sent) == 1
    assert get(Page, "1").turns == 1


def test_an_effect_that_was_not_taken_is_tried_again_later_under_the_same_id(sender: Sender, frozen: FrozenClock) -> None:
    commands.open_page("1")
    commands.post("1")
    commands.answers[:] = [Retry("busy", timedelta(minutes=5))]
    assert sender.round() == 1
    assert sender.round() == 0
    frozen.advance(timedelta(minutes=6))
    assert sender.round() == 1
    assert len(set(commands.sent)) == 1
    assert get(Page, "1").turns == 1


def test_an_effect_that_can_never_be_taken_is_given_up_with_its_reason(sender: Sender, notebook: Store) -> None:
    commands.open_page("1")
    commands.post("1")
    commands.answers[:] = [GaveUp("no such address")]
    sender.round()
    row = notebook.database.intents.find_one()
    assert row is not None
    assert (row["state"], row["reason"]) == ("gave-up", "no such address")


def test_a_sender_that_dies_while_sending_leaves_the_effect_to_the_next_one(
    sender: Sender, notebook: Store, frozen: FrozenClock
) -> None:
    commands.open_page("1")
    commands.post("1")
    notebook.database.intents.update_one({}, {"$set": {"due": frozen.now() + timedelta(seconds=60)}})  # claimed, then died
    assert sender.round() == 0
    frozen.advance(timedelta(seconds=61))
    assert sender.round() == 1


def test_a_deadline_runs_when_it_is_due_and_once() -> None:
    timekeeper = Timekeeper(service.deadlines)
    commands.open_page("1")
    with FrozenClock(datetime(2026, 3, 2, 9, tzinfo=UTC)) as clock:
        commands.turn_later("1", timedelta(hours=48))
        assert timekeeper.round() == 0
        clock.advance(timedelta(hours=48))
        assert timekeeper.round() == 1
        assert timekeeper.round() == 0
    assert get(Page, "1").turns == 1


def test_a_deadline_that_is_set_again_moves() -> None:
    timekeeper = Timekeeper(service.deadlines)
    commands.open_page("1")
    with FrozenClock(datetime(2026, 3, 2, 9, tzinfo=UTC)) as clock:
        commands.turn_later("1", timedelta(hours=1))
        commands.turn_later("1", timedelta(hours=5))
        clock.advance(timedelta(hours=2))
        assert timekeeper.round() == 0
        clock.advance(timedelta(hours=4))
        assert timekeeper.round() == 1


def test_a_deadline_whose_command_fails_stays_and_comes_again_later(notebook: Store) -> None:
    timekeeper = Timekeeper(service.deadlines)
    commands.open_page("1")
    notebook.database.pages.update_one({"_id": "1"}, {"$set": {"turns": MOST}})
    with FrozenClock(datetime(2026, 3, 2, 9, tzinfo=UTC)) as clock:
        commands.turn_later("1", timedelta())
        assert timekeeper.round() == 0
        assert notebook.database.deadlines.count_documents({}) == 1
        notebook.database.pages.update_one({"_id": "1"}, {"$set": {"turns": 0}})
        clock.advance(timedelta(minutes=1))
        assert timekeeper.round() == 1
