"""What the worker does when the log, the store or too many events fail."""

import time

import pytest

from chassis.consumer.limit import DeadLetterLimit
from chassis.consumer.worker import State, Worker
from chassis.events import Received
from chassis.store.faults import StoreAway
from chassis.testing.ledger import MemoryLedger
from chassis.testing.log import MemoryLog
from tests.unit.chassis.consumer.conftest import engine_of, make

pytestmark = pytest.mark.usefixtures("frozen")


class World:
    """A worker between a log and a ledger in memory; the test decides which of them answers."""

    def __init__(self) -> None:
        self.store_away = False
        self.fails = False
        self.log = MemoryLog([[], []])
        self.ledger = MemoryLedger(self._commit)
        self.woken = 0
        self.worker = Worker(self.log, engine_of(self.ledger, self._react), self._moved, batch_size=2)

    def _commit(self) -> None:
        if self.store_away:
            raise StoreAway("gone")

    def _react(self, event: Received) -> None:
        if self.fails:
            raise KeyError(event.id)
        self.ledger.kept.effects.append(event.id)

    def _moved(self) -> None:
        self.woken += 1

    def rounds(self, number: int) -> None:
        for _ in range(number):
            self.worker.round(0)

    def let_the_pause_pass(self) -> None:
        self.worker._resume_at = time.monotonic()  # the pause is real time; the test does not wait for it


def test_all_that_the_log_holds_is_applied_in_batches_and_committed() -> None:
    world = World()
    world.log.append(*(make("a", number) for number in range(1, 6)))
    world.rounds(4)
    assert world.ledger.kept.effects == [f"a@{number}" for number in range(1, 6)]
    assert sum(world.log.committed) == 5
    assert world.woken == 3


def test_while_the_store_is_away_nothing_is_lost_and_nothing_is_committed() -> None:
    world = World()
    world.log.append(make("a", 1), make("b", 1), make("a", 2))
    world.store_away = True
    world.rounds(3)
    assert world.worker.state is State.BACKING_OFF
    assert sum(world.log.committed) == 0
    world.store_away = False
    world.let_the_pause_pass()
    world.rounds(4)
    assert sorted(world.ledger.kept.effects) == ["a@1", "a@2", "b@1"]
    assert world.worker.state is State.RUNNING


def test_while_the_broker_is_away_the_worker_waits_and_goes_on_where_it_was() -> None:
    world = World()
    world.log.append(make("a", 1))
    world.log.away = True
    world.rounds(1)
    assert world.worker.state is State.BACKING_OFF
    world.log.away = False
    world.let_the_pause_pass()
    world.rounds(2)
    assert world.ledger.kept.effects == ["a@1"]


def test_a_killed_worker_finds_its_work_again_and_does_none_of_it_twice() -> None:
    world = World()
    world.log.append(make("a", 1), make("a", 2))
    world.rounds(1)
    world.log.committed = [0, 0]  # it died between the effects and the commit of the offsets
    world.log.restart()
    world.rounds(2)
    assert world.ledger.kept.effects == ["a@1", "a@2"]


def test_too_many_dead_letters_stop_the_worker_until_somebody_starts_it_again() -> None:
    world = World()
    world.worker.engine.limit = DeadLetterLimit(most=1)
    world.fails = True
    world.log.append(make("a", 1), make("b", 1))
    world.rounds(5)
    assert world.worker.state is State.STOPPED
    assert "more than the 1 allowed" in (world.worker.reason or "")
    world.fails = False
    world.let_the_pause_pass()
    world.rounds(3)
    assert world.ledger.kept.effects == []
    assert sum(world.log.committed) == 0
