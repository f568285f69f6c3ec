from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_cli.demo.plan import SESSIONS
from operator_cli.demo.timeline import COHORT, Timeline, evening, first_day, half_days_of

days = st.dates(date(2024, 1, 1), date(2032, 1, 1))
MOST_WAVES = 3
"""24 sessions over the nine provinces of the region."""


@given(today=days)
def test_a_programme_is_over_on_the_day_on_which_it_is_played(today: date) -> None:
    last = Timeline(first_day(today)).session_days(MOST_WAVES - 1, 6)[-1]
    assert SESSIONS <= MOST_WAVES * 9
    assert last < today - timedelta(days=7)


@given(begins=days, wave=st.integers(0, 2), half_days=st.sampled_from([4, 6]))
def test_enrolment_ends_long_enough_before_a_wave_begins_for_an_offer_to_expire(begins: date, wave: int, half_days: int) -> None:
    timeline = Timeline(begins)
    held = timeline.session_days(wave, half_days)
    assert evening(held[0]) - timeline.enrolment_opens(wave) > timedelta(hours=48 * 2)
    assert evening(held[-1]) < timeline.enrolment_opens(wave + 1)


@given(begins=days)
def test_trainers_are_trained_on_working_days_before_the_first_sessions_are_planned(begins: date) -> None:
    timeline = Timeline(begins)
    cohort = timeline.cohort_days(10)
    assert all(day.weekday() < 5 for day in cohort)
    assert begins + COHORT < cohort[0]
    assert evening(cohort[-1]) < timeline.enrolment_opens(0)


@pytest.mark.parametrize(("count", "last"), [(4, "pm"), (3, "am")])
def test_half_days_fill_the_days_in_their_order(count: int, last: str) -> None:
    found = half_days_of([date(2026, 3, 2), date(2026, 3, 3)], count)
    assert len(found) == count
    assert found[-1] == {"date": "2026-03-03", "part": last}
