"""What a consumer does with events, told without broker and store."""

from datetime import timedelta

import pytest
from prometheus_client import REGISTRY

from chassis.consumer.engine import Engine
from chassis.consumer.limit import DeadLetterLimit, TooManyDeadLetters
from chassis.consumer.marks import Blocked
from chassis.events import Received, Stream
from chassis.reactions import NotYet
from chassis.store.faults import Conflict, DuplicateValue, StoreAway
from chassis.testing.clock import FrozenClock
from chassis.testing.ledger import MemoryLedger
from tests.unit.chassis.consumer.conftest import SOURCE, engine_of, make

pytestmark = pytest.mark.usefixtures("frozen")


class World:
    """A ledger, its engine, and a reaction that writes down each event unless the test told it to fail."""

    def __init__(self, ledger: MemoryLedger | None = None) -> None:
        self.ledger = ledger or MemoryLedger()
        self.fails: dict[str, Exception] = {}
        self.engine: Engine = engine_of(self.ledger, self.react)

    def react(self, event: Received) -> None:
        self.ledger.kept.effects.append(event.id)
        if event.id in self.fails:
            raise self.fails[event.id]

    @property
    def applied(self) -> list[str]:
        return self.ledger.kept.effects

    def blocked(self, key: str) -> Blocked | None:
        return self.ledger.kept.marks[Stream(SOURCE, key)].blocked


def test_events_are_applied_in_order() -> None:
    world = World()
    outcomes = world.engine.process([make("a", 1), make("b", 1), make("a", 2)])
    assert world.applied == ["a@1", "b@1", "a@2"]
    assert outcomes == {"applied": 3}


def test_an_event_that_comes_again_is_a_duplicate_for_ever() -> None:
    world = World()
    world.engine.process([make("a", 1), make("a", 2)])
    assert world.engine.process([make("a", 1), make("a", 2), make("a", 2)]) == {"duplicate": 3}
    assert world.applied == ["a@1", "a@2"]


def test_an_event_that_comes_too_early_waits_for_the_one_before_and_drains_by_itself() -> None:
    world = World()
    world.engine.process([make("a", 1), make("a", 3), make("a", 4), make("b", 1)])
    assert world.applied == ["a@1", "b@1"]
    assert world.blocked("a") is Blocked.GAP
    world.engine.process([make("a", 2)])
    assert world.applied == ["a@1", "b@1", "a@2", "a@3", "a@4"]
    assert world.blocked("a") is None
    assert not world.ledger.kept.waiting


@pytest.mark.parametrize("can_undo", [True, False])
def test_a_permanent_error_makes_a_dead_letter_and_leaves_no_trace_of_the_reaction(can_undo: bool) -> None:
    world = World(MemoryLedger(can_undo=can_undo))
    world.fails["a@1"] = KeyError("province")
    outcomes = world.engine.process([make("b", 1), make("a", 1), make("a", 2), make("b", 2)])
    assert world.applied == ["b@1", "b@2"]
    assert world.ledger.kept.dead == {"a@1": "KeyError: 'province'"}
    assert outcomes == {"applied": 2, "dead": 1, "waiting": 2}
    assert world.blocked("a") is Blocked.DEAD


def test_later_events_wait_behind_a_dead_letter_and_a_retry_restores_the_order(frozen: FrozenClock) -> None:
    world = World()
    world.fails["a@1"] = ValueError("bad")
    world.engine.process([make("a", 1), make("a", 2)])
    world.engine.process([make("a", 3)])
    assert world.applied == []
    world.fails.clear()
    world.ledger.retry(Stream(SOURCE, "a"), frozen.now())
    world.engine.sweep()
    assert world.applied == ["a@1", "a@2", "a@3"]
    assert world.blocked("a") is None


def test_what_needs_another_key_waits_alone_and_goes_on_when_that_key_moves() -> None:
    world = World()
    world.fails["a@1"] = NotYet("registry", "pack/x")
    world.engine.process([make("a", 1), make("a", 2), make("b", 1)])
    assert world.applied == ["b@1"]
    assert world.blocked("a") is Blocked.NOT_YET
    world.fails.clear()
    world.engine.process([make("pack/x", 1)])
    assert world.applied == ["b@1", "pack/x@1", "a@1", "a@2"]


def test_what_needs_another_key_of_the_same_batch_goes_on_in_that_batch() -> None:
    ledger = MemoryLedger()

    def react(event: Received) -> None:
        if event.key == "a" and "pack/x@1" not in ledger.kept.effects:
            raise NotYet("registry", "pack/x")
        ledger.kept.effects.append(event.id)

    engine_of(ledger, react).process([make("a", 1), make("a", 2), make("pack/x", 1)])
    assert ledger.kept.effects == ["pack/x@1", "a@1", "a@2"]


def test_what_waits_is_tried_again_in_time_even_if_nobody_tells(frozen: FrozenClock) -> None:
    world = World()
    world.fails["a@1"] = NotYet("registry", "pack/x")
    world.engine.process([make("a", 1)])
    world.fails.clear()
    assert world.engine.sweep() == {}
    frozen.advance(timedelta(seconds=2))
    assert world.engine.sweep() == {"applied": 1}


def test_a_conflict_splits_the_batch_by_key_and_keeps_the_order_of_each() -> None:
    meets = iter([True, True, False, False, False, False])

    def before_commit() -> None:
        if next(meets, False):
            raise Conflict("met another")

    world = World(MemoryLedger(before_commit))
    before = REGISTRY.get_sample_value("nassij_consumer_batch_splits_total") or 0
    world.engine.process([make("a", 1), make("b", 1), make("a", 2), make("c", 1)])
    assert (REGISTRY.get_sample_value("nassij_consumer_batch_splits_total") or 0) > before
    assert sorted(world.applied) == ["a@1", "a@2", "b@1", "c@1"]
    assert world.applied.index("a@1") < world.applied.index("a@2")


def test_a_store_that_is_away_is_never_a_dead_letter() -> None:
    world = World()
    world.fails["a@1"] = StoreAway("gone")
    with pytest.raises(StoreAway):
        world.engine.process([make("b", 1), make("a", 1)])
    assert world.applied == []
    assert not world.ledger.kept.dead


def test_too_many_dead_letters_stop_the_consumer_before_they_are_written() -> None:
    world = World()
    world.engine.limit = DeadLetterLimit(most=3)
    batch = [make(f"k{number}", 1) for number in range(4)]
    world.fails = {event.id: KeyError("bad release") for event in batch}
    with pytest.raises(TooManyDeadLetters):
        world.engine.process(batch)
    assert not world.ledger.kept.dead


def test_personal_events_need_no_unbroken_sequence_and_the_latest_wins() -> None:
    from dataclasses import replace

    world = World()
    first, third = replace(make("person/1", 1), personal=True), replace(make("person/1", 3), personal=True)
    assert world.engine.process([first, third, first]) == {"applied": 2, "duplicate": 1}
    assert world.applied == ["person/1@1", "person/1@3"]


def test_many_failures_in_one_batch_cost_one_transaction_where_they_can_be_undone() -> None:
    world = World()
    batch = [make(f"k{number}", 1) for number in range(15)]
    world.fails = {event.id: NotYet("registry", "pack/x") for event in batch}
    world.engine.process(batch)
    assert world.ledger.transactions == 1


class Picky(World):
    """A world whose store takes everything but the effects of some events, and says so only when they are written."""

    def __init__(self, refusal: Exception, *refused: str, can_undo: bool = True) -> None:
        self._refusal, self._refused = refusal, refused
        super().__init__(MemoryLedger(self.write, can_undo=can_undo))

    def write(self) -> None:
        if set(self._refused) & set(self.ledger.kept.effects):
            raise self._refusal


@pytest.mark.parametrize("can_undo", [True, False])
@pytest.mark.parametrize("refusal", [OverflowError("more than 8 bytes"), DuplicateValue("a unique index")])
def test_what_the_store_does_not_take_is_laid_to_its_event_alone(refusal: Exception, *, can_undo: bool) -> None:
    world = Picky(refusal, "b@1", can_undo=can_undo)
    world.engine.process([make("a", 1), make("b", 1), make("a", 2), make("b", 2), make("c", 1)])
    assert sorted(world.applied) == ["a@1", "a@2", "c@1"]
    assert list(world.ledger.kept.dead) == ["b@1"]
    assert world.blocked("b") is Blocked.DEAD


def test_what_the_store_does_not_take_of_an_event_that_had_waited_is_laid_to_that_event() -> None:
    world = Picky(OverflowError("more than 8 bytes"), "a@2")
    world.engine.process([make("a", 2)])
    world.engine.process([make("a", 1), make("b", 1)])
    assert sorted(world.applied) == ["a@1", "b@1"]
    assert list(world.ledger.kept.dead) == ["a@2"]


def test_a_bad_event_is_told_from_the_conflict_that_split_its_batch() -> None:
    conflicts = [Conflict("another worker")]
    ledger = MemoryLedger(lambda: (_ for _ in ()).throw(conflicts.pop()) if conflicts else None, can_undo=False)
    world = World(ledger)
    world.fails = {"a@1": KeyError("torn")}
    world.engine.process([make("a", 1), make("b", 1)])
    assert (world.applied, list(ledger.kept.dead)) == (["b@1"], ["a@1"])
