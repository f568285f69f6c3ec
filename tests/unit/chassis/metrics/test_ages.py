"""How old events are, in the machine's time."""

import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import REGISTRY

from chassis.events import Received
from chassis.ids import earliest_id, made_at, new_id
from chassis.metrics.ages import Ages

HOUR = timedelta(hours=1)
TOPIC = "nassij.registry"


def event(event_id: str, source: str = "/nassij/registry", *, personal: bool = False, at: datetime | None = None) -> Received:
    return Received(id=event_id, type="t", source=source, key="k/1", sequence=1, time=at or datetime.now(UTC), personal=personal)


def recorded(at: datetime) -> str:
    """An id that was made then."""
    return f"{earliest_id(at)[:13]}-7000-8000-000000000000"


def count(topic: str = TOPIC, what: str = "age") -> float:
    return REGISTRY.get_sample_value(f"nassij_event_{what}_seconds_count", {"topic": topic}) or 0.0


def within_five_seconds() -> float:
    return REGISTRY.get_sample_value("nassij_event_age_seconds_bucket", {"topic": TOPIC, "le": "5.0"}) or 0.0


@pytest.fixture
def ages() -> Ages:
    return Ages([TOPIC, f"{TOPIC}.personal"], datetime.now(UTC) - HOUR)


def test_the_age_is_told_by_the_id_whatever_day_the_programme_has(ages: Ages) -> None:
    fresh, all_of_them = within_five_seconds(), count()
    far = datetime(2031, 3, 2, tzinfo=UTC)
    ages.settled([event(new_id(), at=far), event(recorded(datetime.now(UTC) - timedelta(seconds=7)), at=far)])
    assert within_five_seconds() - fresh == 1
    assert count() - all_of_them == 2


def test_what_was_recorded_before_the_consumer_began_is_a_replay_and_left_out(ages: Ages) -> None:
    before = count()
    ages.settled([event(recorded(datetime.now(UTC) - 2 * HOUR))])
    assert count() == before


def test_an_id_of_a_foreign_publisher_leaves_it_to_the_events_own_time(ages: Ages) -> None:
    fresh, all_of_them = within_five_seconds(), count()
    random = recorded(datetime.now(UTC)).replace("-7000-", "-4000-")
    ages.settled([event("order-17"), event(random, at=datetime.now(UTC) - HOUR / 2)])
    assert within_five_seconds() - fresh == 1
    assert count() - all_of_them == 2


def test_personal_events_have_their_own_topic_and_unknown_sources_share_one(ages: Ages) -> None:
    before = count(f"{TOPIC}.personal"), count("other")
    ages.settled([event(new_id(), personal=True), event(new_id(), "/elsewhere/x"), event(new_id(), "/elsewhere/y")])
    assert (count(f"{TOPIC}.personal") - before[0], count("other") - before[1]) == (1, 2)


def test_transit_is_counted_for_what_kafka_took_after_the_consumer_began(ages: Ages) -> None:
    before = count(what="transit")
    now = int(time.time() * 1000)
    ages.arrived(TOPIC, [now, now + 60_000, now - 2 * 3_600_000, -1])
    assert count(what="transit") - before == 2


def test_an_id_tells_when_it_was_made() -> None:
    made = made_at(new_id())
    assert made is not None
    assert abs(made - time.time()) < 5


@given(st.one_of(st.text(max_size=40), st.uuids().map(str), st.text("0123456789abcdef-7_ +", min_size=36, max_size=36)))
def test_no_text_is_too_strange_for_an_id(text: str) -> None:
    made = made_at(text)
    assert made is None or 0 <= made < 2**48
    if made is not None and text == str(UUID(text)):
        assert text[14] == "7"
