from datetime import timedelta

import pytest

from chassis.problems import NotFound, RuleBroken
from services.training.sessions.model import Session
from services.training.sessions.places import OFFER_HOLDS, Entry, EntryState, Why
from tests.unit.training.given import NOW, actor, said, session


def full(*waiting: str, capacity: int = 1) -> tuple[Session, list[Entry]]:
    found = session(capacity=capacity)
    entries = [found.enrol(actor(person), 2, NOW) for person in ("amina", *waiting)]
    found.recorded.clear()
    return found, entries


def test_who_comes_while_there_are_seats_has_one_and_who_comes_later_waits() -> None:
    found = session(capacity=1)
    first, second = (found.enrol(actor(person), 2, NOW) for person in ("amina", "said"))
    assert (first.state, first.why) == (EntryState.SEATED, Why.SEAT_FREE)
    assert (second.state, second.why) == (EntryState.WAITING, Why.FULL)
    assert said(found) == ["enrolled", "waitlisted"]
    assert found.recorded[1].why == "full"


def test_an_association_takes_no_more_seats_than_its_share() -> None:
    found = session(capacity=3, per_association=1)
    found.enrol(actor("amina", "tissage"), 2, NOW)
    second = found.enrol(actor("said", "tissage"), 2, NOW)
    third = found.enrol(actor("hind", "poterie"), 2, NOW)
    assert (second.state, second.why) == (EntryState.WAITING, Why.ASSOCIATION_QUOTA)
    assert third.state is EntryState.SEATED


def test_a_person_has_one_live_entry() -> None:
    found, [entry] = full()
    with pytest.raises(RuleBroken, match="already-enrolled"):
        found.enrol(actor("amina"), 1, NOW)
    found.withdraw(entry.id, NOW)
    assert found.enrol(actor("amina"), 2, NOW).id != entry.id


def test_the_trainer_takes_no_seat() -> None:
    with pytest.raises(RuleBroken, match="trainer-of-the-session"):
        session().enrol(actor("trainer"), 2, NOW)


def test_enrolment_ends_when_the_session_starts() -> None:
    found, [entry] = full()
    for change in (lambda now: found.enrol(actor("said"), 2, now), lambda now: found.withdraw(entry.id, now)):
        with pytest.raises(RuleBroken, match="enrolment-closed"):
            change(found.register.starts)


def test_a_withdrawal_offers_the_seat_to_the_next_for_two_days() -> None:
    found, [first, second] = full("said")
    found.withdraw(first.id, NOW)
    assert (second.state, second.why, second.until) == (EntryState.OFFERED, Why.NEXT_IN_LINE, NOW + OFFER_HOLDS)
    assert said(found) == ["withdrawn", "seat-offered"]
    assert (found.recorded[0].offered_to, found.recorded[0].why) == (second.id, "next-in-line")
    assert found.offers() == {second.id: NOW + OFFER_HOLDS}


def test_an_offer_does_not_outlast_the_start() -> None:
    found, [first, second] = full("said")
    found.withdraw(first.id, found.register.starts - timedelta(hours=3))
    assert second.until == found.register.starts


def test_priority_goes_before_time() -> None:
    found, [first, *_] = full("said", "hind")
    urgent = found.enrol(actor("nadia"), 1, NOW + timedelta(days=1))
    found.withdraw(first.id, NOW + timedelta(days=1))
    assert urgent.state is EntryState.OFFERED


def test_an_accepted_offer_is_a_seat() -> None:
    found, [first, second] = full("said")
    found.withdraw(first.id, NOW)
    found.recorded.clear()
    found.accept(second.id, NOW + timedelta(hours=47))
    assert (second.state, second.until) == (EntryState.SEATED, None)
    assert (said(found), found.recorded[0].by_offer) == (["enrolled"], True)


def test_a_declined_offer_passes_on() -> None:
    found, [first, second, third] = full("said", "hind")
    found.withdraw(first.id, NOW)
    found.recorded.clear()
    found.decline(second.id, NOW)
    assert (second.state, third.state) == (EntryState.DECLINED, EntryState.OFFERED)
    assert said(found) == ["offer-declined", "seat-offered"]


def test_an_offer_expires_once_its_time_is_over_and_not_before() -> None:
    found, [first, second, third] = full("said", "hind")
    found.withdraw(first.id, NOW)
    found.recorded.clear()
    found.expire_offer(second.id, NOW + OFFER_HOLDS - timedelta(seconds=1))
    assert said(found) == []
    found.expire_offer(second.id, NOW + OFFER_HOLDS)
    found.expire_offer(second.id, NOW + OFFER_HOLDS)
    assert (second.state, third.state) == (EntryState.EXPIRED, EntryState.OFFERED)
    assert said(found) == ["offer-expired", "seat-offered"]
    assert third.until == NOW + OFFER_HOLDS + OFFER_HOLDS


def test_an_overdue_offer_is_not_accepted_even_if_nobody_has_passed_it_on_yet() -> None:
    found, [first, second] = full("said")
    found.withdraw(first.id, NOW)
    for answer in (found.accept, found.decline):
        with pytest.raises(RuleBroken, match="offer-over"):
            answer(second.id, NOW + OFFER_HOLDS)


def test_nobody_accepts_what_was_not_offered() -> None:
    found, [first, second] = full("said")
    for entry in (first, second):
        with pytest.raises(RuleBroken, match="no-offer"):
            found.accept(entry.id, NOW)
    with pytest.raises(NotFound):
        found.accept("another", NOW)


def test_it_says_why_nobody_was_promoted() -> None:
    nobody, [only] = full()
    nobody.withdraw(only.id, NOW)
    assert nobody.recorded[0].why == "nobody-waiting"

    quota = session(capacity=2, per_association=1)
    quota.enrol(actor("amina", "tissage"), 2, NOW)
    other = quota.enrol(actor("hind", "poterie"), 2, NOW)
    quota.enrol(actor("said", "tissage"), 2, NOW)
    quota.withdraw(other.id, NOW)
    assert [decision.why for decision in quota.places.decisions] == [Why.ASSOCIATION_QUOTA]

    started, [first, second] = full("said")
    started.withdraw(first.id, NOW)
    started.expire_offer(second.id, started.register.starts)
    assert started.recorded[-1].why == "session-started"

    waiting, [_, third] = full("said")
    waiting.withdraw(third.id, NOW)
    assert (waiting.recorded[0].offered_to, waiting.recorded[0].why) == (None, "no-seat-freed")


def test_a_withdrawn_entry_is_over() -> None:
    found, [entry] = full()
    found.withdraw(entry.id, NOW)
    with pytest.raises(RuleBroken, match="enrolment-over"):
        found.withdraw(entry.id, NOW)
