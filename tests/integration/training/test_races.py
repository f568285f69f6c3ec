"""Two at once: one wins, and nobody gets what there is only one of."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from chassis.problems import Problem
from chassis.queries import get
from chassis.testing.clock import FrozenClock
from services.training.sessions import commands
from services.training.sessions.model import Session
from services.training.trainers import queries as trainers
from tests.integration.training.given import COMMUNE, acting, certify, half_days, join, planned_session, register

pytestmark = pytest.mark.usefixtures("service_store")


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Run them together; a refusal is its slug."""
    start = Barrier(len(actions), timeout=10)

    def run(action: Callable[[], Any]) -> Any:
        start.wait()
        try:
            with acting("03"):
                return action()
        except Problem as refused:
            return refused.slug

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))


def test_the_last_seat_goes_to_one() -> None:
    people = [f"p{number}" for number in range(6)]
    register(*people)
    with FrozenClock():
        session = planned_session(capacity=2)
        at_once(*[lambda person=person: commands.enrol(session.id, person) for person in people])
    with acting("03"):
        places = get(Session, session.id).places
    assert (places.taken, len(places.waiting), places.free) == (2, 4, 0)
    assert sorted(entry.number for entry in places.entries) == [1, 2, 3, 4, 5, 6]


def test_a_trainer_is_booked_by_one() -> None:
    join()
    certify("trainer")
    wanted = {"module": "OD-01", "trainer": "trainer", "commune": COMMUNE, "half_days": half_days()}
    with FrozenClock():
        outcomes = at_once(*[lambda: commands.plan(**wanted) for _ in range(3)])
    assert [outcome for outcome in outcomes if isinstance(outcome, str)] == ["trainer-booked"] * 2
    with acting("03"):
        assert Session.objects.count() == 1
        assert len(trainers.of_region("trainer", "03").bookings) == 4
