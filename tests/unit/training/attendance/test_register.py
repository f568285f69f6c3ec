from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.problems import Invalid, RuleBroken
from services.training.attendance.model import HalfDay, Part, Register
from tests.unit.training.given import NOW, half_days
from vocabulary.pack import Certificates

WHO = {"amina", "said"}


def register(length: int = 4, needed: int = 4) -> Register:
    return Register.planned(half_days(length), length=length, needed=needed, now=NOW)


def test_a_half_day_begins_at_the_legal_hour() -> None:
    winter = HalfDay(date=date(2026, 1, 12), part=Part.MORNING)
    ramadan = HalfDay(date=date(2026, 3, 2), part=Part.AFTERNOON)
    assert winter.begins == datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
    assert ramadan.begins == datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    assert ramadan.ends == datetime(2026, 3, 2, 17, 30, tzinfo=UTC)


def test_half_days_are_ordered() -> None:
    planned = Register.planned(list(reversed(half_days(4))), length=4, needed=4, now=NOW)
    assert [half_day.begins for half_day in planned.half_days] == sorted(half_day.begins for half_day in planned.half_days)
    assert (planned.starts, planned.ends) == (planned.half_days[0].begins, planned.half_days[3].ends)


def test_half_days_are_as_many_as_planned() -> None:
    with pytest.raises(RuleBroken, match="give 4"):
        Register.planned(half_days(3), length=4, needed=4, now=NOW)


def test_a_half_day_comes_once() -> None:
    with pytest.raises(RuleBroken, match="half-day-twice"):
        Register.planned([*half_days(3), half_days(1)[0]], length=4, needed=4, now=NOW)


def test_the_first_half_day_is_still_to_come() -> None:
    with pytest.raises(RuleBroken, match="starts-in-the-past"):
        Register.planned(half_days(4), length=4, needed=4, now=half_days(1)[0].begins)


def test_a_sheet_is_not_signed_before_its_half_day_begins() -> None:
    sheets = register()
    with pytest.raises(RuleBroken, match="half-day-not-begun"):
        sheets.note(2, ["amina"], expected=WHO, now=sheets.half_days[1].begins - timedelta(seconds=1))
    assert sheets.note(2, ["amina"], expected=WHO, now=sheets.half_days[1].begins)


def test_there_is_no_half_day_beyond_the_last() -> None:
    for number in (0, 5):
        with pytest.raises(Invalid, match="no-such-half-day"):
            register().note(number, [], expected=WHO, now=NOW)


def test_only_those_enrolled_sign() -> None:
    sheets = register()
    with pytest.raises(RuleBroken, match="not-enrolled"):
        sheets.note(1, ["amina", "stranger"], expected=WHO, now=sheets.ends)
    assert not sheets.sheets


def test_a_corrected_sheet_replaces_the_one_before() -> None:
    sheets = register()
    assert sheets.note(1, ["amina", "amina"], expected=WHO, now=sheets.ends)
    assert not sheets.note(1, ["amina"], expected=WHO, now=sheets.ends)
    assert sheets.note(1, ["said"], expected=WHO, now=sheets.ends)
    assert (sheets.attended("amina"), sheets.attended("said")) == (0, 1)


def test_nothing_is_counted_before_the_end_or_without_every_sheet() -> None:
    sheets = register()
    with pytest.raises(RuleBroken, match="not-over"):
        sheets.must_be_over(sheets.ends - timedelta(seconds=1))
    for number in (1, 2, 4):
        sheets.note(number, [], expected=WHO, now=sheets.ends)
    with pytest.raises(RuleBroken) as refused:
        sheets.must_be_over(sheets.ends)
    assert refused.value.extra == {"half_days": [3]}
    sheets.note(3, [], expected=WHO, now=sheets.ends)
    sheets.must_be_over(sheets.ends)


@given(length=st.integers(1, 12), data=st.data())
def test_who_was_there_for_eighty_percent_of_all_planned_half_days_completes(length: int, data: st.DataObject) -> None:
    needed = Certificates(minimum_attendance=0.8, kinds={}).half_days_needed(length)
    sheets = register(length, needed)
    there = data.draw(st.sets(st.integers(1, length)))
    for number in range(1, length + 1):
        sheets.note(number, ["amina"] if number in there else [], expected=WHO, now=sheets.ends)
    assert sheets.completes("amina") == (len(there) * 10 >= length * 8)
