"""Whatever people do in whatever order, the waiting list keeps its promises."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chassis.problems import RuleBroken
from services.training.sessions.places import OFFER_HOLDS, Entry, EntryState, Places, Why
from tests.unit.training.given import NOW, actor, session

ASSOCIATIONS = ("tissage", "poterie", "apiculture")
PEOPLE = {f"{association}-{n}": association for association in ASSOCIATIONS for n in range(3)}
OVER = {EntryState.DECLINED, EntryState.EXPIRED, EntryState.WITHDRAWN}


class WaitingList(RuleBasedStateMachine):
    @initialize(capacity=st.integers(1, 4), per_association=st.integers(1, 2))
    def plan(self, capacity: int, per_association: int) -> None:
        self.session = session(capacity=capacity, per_association=per_association)
        self.now = NOW
        self.over: set[str] = set()

    @property
    def places(self) -> Places:
        return self.session.places

    def entries(self, *states: EntryState) -> list[Entry]:
        return [entry for entry in self.places.entries if entry.state in states]

    @property
    def started(self) -> bool:
        return self.now >= self.session.register.starts

    def events(self) -> list[Any]:
        """What was recorded since the last look."""
        recorded = list(self.session.recorded)
        self.session.recorded.clear()
        return recorded

    def first_in_line(self) -> str | None:
        """Who is next by the rule, told in another way than the code tells it."""
        seats = Counter(entry.association for entry in self.entries(EntryState.SEATED, EntryState.OFFERED))
        line = sorted(self.entries(EntryState.WAITING), key=lambda entry: (entry.priority, entry.since, entry.number))
        may = [entry.id for entry in line if seats[entry.association] < self.places.seats_per_association]
        return may[0] if may else None

    @rule(person=st.sampled_from(sorted(PEOPLE)), priority=st.integers(1, 3))
    def enrol(self, person: str, priority: int) -> None:
        if self.started or any(entry.person == person for entry in self.places.live):
            with pytest.raises(RuleBroken):
                self.session.enrol(actor(person, PEOPLE[person]), priority, self.now)
            return
        entry = self.session.enrol(actor(person, PEOPLE[person]), priority, self.now)
        [event] = self.events()
        assert event.enrolment == entry.id
        assert (entry.why is Why.SEAT_FREE) == (entry.state is EntryState.SEATED)

    @precondition(lambda self: self.entries(EntryState.OFFERED))
    @rule(data=st.data(), accept=st.booleans())
    def answer(self, data: st.DataObject, accept: bool) -> None:
        entry = data.draw(st.sampled_from(self.entries(EntryState.OFFERED)))
        answer = self.session.accept if accept else self.session.decline
        if self.now >= entry.until:
            with pytest.raises(RuleBroken, match="offer-over"):
                answer(entry.id, self.now)
            return
        answer(entry.id, self.now)
        if accept:
            assert [event.enrolment for event in self.events()] == [entry.id]
        else:
            self.gave_up(entry)

    @precondition(lambda self: self.places.live)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        entry = data.draw(st.sampled_from(self.places.live))
        if self.started:
            with pytest.raises(RuleBroken, match="enrolment-closed"):
                self.session.withdraw(entry.id, self.now)
            return
        waited = entry.state is EntryState.WAITING
        self.session.withdraw(entry.id, self.now)
        self.gave_up(entry, freed=not waited)

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def offers_expire(self) -> None:
        for entry_id, until in self.session.offers().items():
            entry = self.places.entry(entry_id)
            self.session.expire_offer(entry_id, self.now)
            if self.now >= until:
                self.gave_up(entry)

    def gave_up(self, entry: Entry, *, freed: bool = True) -> None:
        """An entry ended: the event says who is next and why, and it is whom the rule says."""
        first, *rest = self.events()
        self.over.add(entry.id)
        assert first.enrolment == entry.id
        assert (first.offered_to is None) == (first.why != "next-in-line")
        assert (first.why == "no-seat-freed") == (not freed)
        assert [event.enrolment for event in rest] == ([first.offered_to] if first.offered_to else [])
        if first.offered_to:
            chosen = self.places.entry(first.offered_to)
            assert chosen.until == min(self.now + OFFER_HOLDS, self.session.register.starts)
            chosen.state = EntryState.WAITING  # as it was a moment ago: was it the first whom the rule allows?
            assert self.first_in_line() == chosen.id
            chosen.state = EntryState.OFFERED

    @invariant()
    def never_more_than_the_seats(self) -> None:
        assert len(self.entries(EntryState.SEATED, EntryState.OFFERED)) <= self.places.capacity
        assert self.places.free >= 0

    @invariant()
    def no_association_has_more_than_its_share(self) -> None:
        seats = Counter(entry.association for entry in self.entries(EntryState.SEATED, EntryState.OFFERED))
        assert all(number <= self.places.seats_per_association for number in seats.values())

    @invariant()
    def nothing_returns_to_an_entry_that_is_over(self) -> None:
        assert {entry.id for entry in self.entries(*OVER)} == self.over

    @invariant()
    def a_person_has_one_live_entry(self) -> None:
        assert max(Counter(entry.person for entry in self.places.live).values(), default=1) == 1

    @invariant()
    def no_seat_stays_free_while_somebody_waits_who_may_have_it(self) -> None:
        if self.places.free and not self.started:
            assert self.first_in_line() is None

    @invariant()
    def every_decision_says_why(self) -> None:
        assert [decision.after for decision in self.places.decisions if decision.after not in self.over] == []
        assert {decision.after for decision in self.places.decisions} == self.over
        assert all(isinstance(decision.why, Why) for decision in self.places.decisions)


WaitingList.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestWaitingList = WaitingList.TestCase
