"""From the first candidate to the last completion, as it happens in a region."""

from datetime import timedelta

import pytest

from chassis.deadlines import Timekeeper
from chassis.problems import NotFound, RuleBroken
from chassis.queries import get
from chassis.store.connection import Store
from chassis.testing.clock import FrozenClock
from services.training.cohorts import commands as cohorts
from services.training.completions.model import Completion
from services.training.service import service
from services.training.sessions import commands as sessions
from services.training.sessions.model import Session
from services.training.sessions.queries import enrolment
from services.training.trainers import queries as trainers
from tests.integration.training.given import (
    COMMUNE,
    acting,
    certify,
    half_days,
    hear,
    join,
    planned_session,
    published,
    register,
)

pytestmark = pytest.mark.usefixtures("service_store")


def test_a_cohort_is_selected_followed_and_completed(service_store: Store) -> None:
    join(opened=False)
    people = [f"p{number:02}" for number in range(26)]
    register(*people)
    register("stranger", region="07")
    with FrozenClock() as now, acting("03"):
        cohort = cohorts.open_cohort("03", "TOT-01", None, half_days(10))
        with pytest.raises(NotFound):
            cohorts.add_candidates(cohort.id, ["stranger"])
        cohorts.add_candidates(cohort.id, people)
        with pytest.raises(RuleBroken, match="no-seats-left"):
            cohorts.select(cohort.id, people)
        cohorts.select(cohort.id, people[:24])
        now.set(cohort.register.ends)
        for number in range(1, 11):
            cohorts.note_attendance(cohort.id, number, people[:24] if number < 8 else people[:23])
        cohorts.close(cohort.id)
        with pytest.raises(RuleBroken, match="cohort-closed"):
            cohorts.close(cohort.id)
        assert Completion.objects.count() == 23
        completion = get(Completion, f"cohort-{cohort.id}-p00")
        assert (completion.association, completion.attendance, completion.module) == ("association-of-p00", 1.0, "TOT-01")
    assert published(service_store, "completion") == ["recorded"] * 23
    assert published(service_store, "cohort") == ["opened", *["selected"] * 24, *["attendance-recorded"] * 10, "closed"]


def test_a_certificate_makes_a_trainer_and_its_revocation_ends_it() -> None:
    join()
    certify("amina")
    certify("said", "C-2", kind="participation")
    wanted = {"module": "OD-01", "commune": COMMUNE, "half_days": half_days()}
    with FrozenClock(), acting("03"):
        with pytest.raises(NotFound):
            trainers.of_region("said", "03")
        first = sessions.plan(trainer="amina", **wanted)
        with pytest.raises(RuleBroken, match="trainer-booked"):
            sessions.plan(trainer="amina", **wanted)
        sessions.cancel(first.id, "Salle indisponible")
        sessions.plan(trainer="amina", **wanted)
        hear("certification", "certificate/C-1", "revoked", {"reason": "fraud", "source": "decision 12"})
    with FrozenClock(), acting("03"), pytest.raises(RuleBroken, match="trainer-not-certified"):
        sessions.plan(
            trainer="amina", module="OD-01", commune=COMMUNE, half_days=half_days(first=half_days()[0].date + timedelta(7))
        )


def test_an_offer_that_nobody_answers_passes_on_by_itself(service_store: Store) -> None:
    register("amina", "said", "hind")
    with FrozenClock() as now:
        session = planned_session(capacity=1)
        with acting("03"):
            amina, said, hind = (sessions.enrol(session.id, person)["enrolment"] for person in ("amina", "said", "hind"))
            sessions.withdraw(session.id, amina)
        timekeeper = Timekeeper(service.deadlines)
        now.advance(hours=47)
        assert timekeeper.round() == 0
        now.advance(hours=1)
        assert timekeeper.round() == 1
        with acting("03"):
            assert (enrolment(session.id, said).entry.state.value, enrolment(session.id, hind).entry.state.value) == (
                "expired",
                "offered",
            )
            sessions.accept(session.id, hind)
        now.advance(hours=48)
        assert timekeeper.round() == 0
        with acting("03"):
            assert enrolment(session.id, hind).entry.state.value == "seated"
    enrolled = ["planned", "enrolled", "waitlisted", "waitlisted"]
    passed_on = ["withdrawn", "seat-offered", "offer-expired", "seat-offered", "enrolled"]
    assert published(service_store, "session") == enrolled + passed_on


def test_a_session_is_held_and_completed(service_store: Store) -> None:
    register("amina", "said", "hind", "late")
    with FrozenClock() as now:
        session = planned_session(capacity=2)
        with acting("03"):
            for person in ("amina", "said", "hind"):
                sessions.enrol(session.id, person)
            with pytest.raises(RuleBroken, match="half-day-not-begun"):
                sessions.note_attendance(session.id, 1, ["amina"])
            now.set(session.register.ends)
            with pytest.raises(RuleBroken, match="enrolment-closed"):
                sessions.enrol(session.id, "late")
            for number in range(1, 5):
                sessions.note_attendance(session.id, number, ["amina", "said"] if number < 4 else ["amina"])
            sessions.close(session.id)
            [completion] = Completion.objects
            assert (completion.person, completion.province, completion.on) == (
                "amina",
                "03.591",
                session.register.half_days[3].date,
            )
            assert get(Session, session.id).state.value == "closed"
    assert published(service_store, "completion") == ["recorded"]
