from datetime import timedelta

import pytest

from chassis.problems import RuleBroken
from services.training.cohorts.model import Cohort
from tests.unit.training.given import NOW, actor, catalogue, half_days, said

TRAINEES = [f"p{number:02}" for number in range(30)]


def cohort(seats: int | None = None) -> Cohort:
    opened = Cohort.open(catalogue(opened=False), "TOT-01", seats, half_days(10), NOW)
    opened.add_candidates([actor(person) for person in TRAINEES], NOW)
    opened.recorded.clear()
    return opened


def test_a_cohort_opens_with_the_seats_of_its_course() -> None:
    opened = Cohort.open(catalogue(), "TOT-01", None, half_days(10), NOW)
    [event] = opened.recorded
    assert (opened.seats, event.seats, len(event.half_days)) == (24, 24, 10)
    assert (event.starts, event.ends) == (opened.register.starts, opened.register.ends)


def test_a_cohort_has_no_more_seats_than_its_course_and_all_its_half_days() -> None:
    with pytest.raises(RuleBroken, match="too-many-seats"):
        Cohort.open(catalogue(), "TOT-01", 25, half_days(10), NOW)
    with pytest.raises(RuleBroken, match="half-days-not-as-planned"):
        Cohort.open(catalogue(), "TOT-01", 24, half_days(9), NOW)


def test_candidates_are_listed_once() -> None:
    filled = cohort()
    filled.add_candidates([actor("p00"), actor("p99")], NOW)
    assert len(filled.candidates) == 31


def test_at_most_as_many_are_selected_as_there_are_seats() -> None:
    filled = cohort()
    filled.select(TRAINEES[:20], NOW)
    with pytest.raises(RuleBroken) as refused:
        filled.select(TRAINEES[20:25], NOW)
    assert (refused.value.slug, refused.value.extra) == ("no-seats-left", {"free": 4})
    filled.select(TRAINEES[20:24], NOW)
    assert said(filled) == ["selected"] * 24
    assert [event.person for event in filled.recorded] == TRAINEES[:24]


@pytest.mark.parametrize(
    ("persons", "slug"), [(["stranger"], "not-a-candidate"), (["p00"], "already-selected"), (["p05", "p05"], "already-selected")]
)
def test_only_candidates_are_selected_and_nobody_twice(persons: list[str], slug: str) -> None:
    filled = cohort()
    filled.select(["p00"], NOW)
    with pytest.raises(RuleBroken, match=slug):
        filled.select(persons, NOW)
    assert filled.members == {"p00"}


def test_a_cohort_that_has_begun_takes_nobody() -> None:
    begun = cohort()
    with pytest.raises(RuleBroken, match="cohort-begun"):
        begun.select(["p00"], begun.register.starts)


def test_only_the_selected_sign() -> None:
    filled = cohort()
    filled.select(["p00"], NOW)
    with pytest.raises(RuleBroken, match="not-enrolled"):
        filled.note_attendance(1, ["p01"], filled.register.ends)


def test_who_attended_eight_of_ten_half_days_completes() -> None:
    filled = cohort()
    filled.select(["p00", "p01"], NOW)
    over = filled.register.ends
    for number in range(1, 11):
        filled.note_attendance(number, ["p00"] if number > 8 else ["p00", "p01"] if number > 1 else ["p00"], over)
    ended, completers = filled.close(over)
    assert [(who.person, who.attended) for who in completers] == [("p00", 10)]
    assert (ended.kind, ended.module, ended.province, ended.half_days) == ("cohort", "TOT-01", None, 10)
    assert said(filled)[-1] == "closed"
    with pytest.raises(RuleBroken, match="cohort-closed"):
        filled.close(over + timedelta(days=1))
