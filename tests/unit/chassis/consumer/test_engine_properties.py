"""Whatever comes, in whatever order and however often, however often the consumer dies: once, and in order."""

from collections import defaultdict
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis import clock
from chassis.consumer.limit import DeadLetterLimit
from chassis.consumer.marks import Blocked
from chassis.events import Received
from chassis.reactions import NotYet
from chassis.store.faults import Conflict, StoreAway
from chassis.testing.clock import FrozenClock
from chassis.testing.ledger import MemoryLedger
from tests.unit.chassis.consumer.conftest import MORNING, engine_of, make

KEYS = ("a", "b", "c", "d")


@st.composite
def histories(draw: st.DrawFn) -> list[Received]:
    """Every event of some streams, shuffled, some of them twice or more."""
    lengths = {key: draw(st.integers(0, 6)) for key in KEYS}
    events = [make(key, number) for key, length in lengths.items() for number in range(1, length + 1)]
    again = draw(st.lists(st.sampled_from(events), max_size=8)) if events else []
    return draw(st.permutations(events + again))


def batches(draw: st.DrawFn, events: list[Received]) -> list[list[Received]]:
    cuts = sorted(draw(st.lists(st.integers(0, len(events)), max_size=5)))
    return [events[start:end] for start, end in zip([0, *cuts], [*cuts, len(events)], strict=True)]


@st.composite
def deliveries(draw: st.DrawFn) -> list[list[Received]]:
    return batches(draw, draw(histories()))


def assert_once_and_in_order(ledger: MemoryLedger, delivered: list[list[Received]]) -> None:
    expected = {event.id for batch in delivered for event in batch}
    assert sorted(ledger.kept.effects) == sorted(expected)
    seen: defaultdict[str, int] = defaultdict(int)
    for event_id in ledger.kept.effects:
        key, _, number = event_id.partition("@")
        assert int(number) == seen[key] + 1
        seen[key] = int(number)
    assert not ledger.kept.waiting
    assert all(mark.blocked is None for mark in ledger.kept.marks.values())


@settings(max_examples=150, deadline=None)
@given(delivered=deliveries(), faults=st.lists(st.sampled_from([None, Conflict("met"), StoreAway("gone")]), max_size=30))
def test_shuffled_repeated_and_interrupted_deliveries_have_each_effect_once_and_in_order(
    delivered: list[list[Received]], faults: list[Exception | None]
) -> None:
    coming = iter(faults)

    def before_commit() -> None:
        fault = next(coming, None)
        if fault is not None:
            raise fault

    ledger = MemoryLedger(before_commit)
    engine = engine_of(ledger, lambda event: ledger.kept.effects.append(event.id))
    for batch in delivered:
        while True:
            try:
                engine.process(batch)
                break
            except StoreAway:
                continue  # the worker goes back in the log and gives the same batch again
    assert_once_and_in_order(ledger, delivered)


@settings(max_examples=150, deadline=None)
@given(delivered=deliveries(), needs=st.dictionaries(st.sampled_from("abc"), st.integers(1, 3)), can_undo=st.booleans())
def test_events_that_need_another_key_are_applied_once_it_has_come(
    delivered: list[list[Received]], needs: dict[str, int], can_undo: bool
) -> None:
    """Keys a, b and c may need some event of d before their own first one."""
    frozen = FrozenClock(MORNING)
    before = clock.use(frozen)
    try:
        ledger = MemoryLedger(can_undo=can_undo)
        lengths = {event.id for batch in delivered for event in batch}

        def react(event: Received) -> None:
            needed = f"d@{needs.get(event.key, 0)}"
            ledger.kept.effects.append(event.id)
            if event.key != "d" and needed in lengths and needed not in ledger.kept.effects:
                raise NotYet("registry", "d")

        engine = engine_of(ledger, react)
        for batch in delivered:
            engine.process(batch)
        for _ in range(4):  # each sweep may free what another one needs
            frozen.advance(timedelta(minutes=2))
            engine.sweep()
        assert_once_and_in_order(ledger, delivered)
    finally:
        clock.use(before)


@settings(max_examples=100, deadline=None)
@given(delivered=deliveries(), bad=st.sets(st.tuples(st.sampled_from(KEYS), st.integers(1, 6)), max_size=4))
def test_dead_letters_hold_up_their_own_key_only_and_retrying_them_restores_the_order(
    delivered: list[list[Received]], bad: set[tuple[str, int]]
) -> None:
    frozen = FrozenClock(MORNING)
    before = clock.use(frozen)
    try:
        ledger = MemoryLedger()
        failing = {f"{key}@{number}" for key, number in bad}

        def react(event: Received) -> None:
            ledger.kept.effects.append(event.id)
            if event.id in failing:
                raise KeyError(event.id)

        engine = engine_of(ledger, react)
        engine.limit = DeadLetterLimit(most=1000)
        for batch in delivered:
            engine.process(batch)
        assert not failing & set(ledger.kept.effects)
        healthy = {event.id for batch in delivered for event in batch if event.key not in {key for key, _ in bad}}
        assert healthy <= set(ledger.kept.effects)
        failing.clear()
        for mark in list(ledger.kept.marks.values()):
            if mark.blocked is Blocked.DEAD:
                ledger.retry(mark.stream, frozen.now())
        engine.sweep()
        assert_once_and_in_order(ledger, delivered)
    finally:
        clock.use(before)
