from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.problems import RuleBroken
from services.registry.conventions.events import ConventionDrafted, ConventionSigned
from tests.unit.registry.samples import JOINED_ON, drafted_convention, signed_convention

DAYS = st.dates(date(2022, 1, 1), date(2027, 12, 31))


def test_a_signed_convention_covers_its_regions_in_its_period() -> None:
    signed_convention("03").must_cover("03", JOINED_ON)


@pytest.mark.parametrize(
    ("region", "on", "reason"),
    [("07", JOINED_ON, "does not name region 07"), ("03", date(2027, 1, 1), "from 2023-06-01 to 2026-12-31")],
)
def test_it_covers_no_other_region_and_no_other_time(region: str, on: date, reason: str) -> None:
    with pytest.raises(RuleBroken, match=reason) as refused:
        signed_convention("03").must_cover(region, on)
    assert refused.value.slug == "convention-does-not-cover"


def test_a_draft_covers_nothing() -> None:
    with pytest.raises(RuleBroken, match="is not signed"):
        drafted_convention("03").must_cover("03", JOINED_ON)


def test_a_convention_is_signed_once() -> None:
    convention = signed_convention()
    with pytest.raises(RuleBroken) as refused:
        convention.sign(JOINED_ON, JOINED_ON)
    assert refused.value.slug == "convention-already-signed"


def test_a_signature_does_not_lie_in_the_future() -> None:
    with pytest.raises(RuleBroken) as refused:
        drafted_convention().sign(date(2023, 6, 15), JOINED_ON)
    assert refused.value.slug == "signature-in-the-future"


def test_a_convention_does_not_end_before_it_starts() -> None:
    with pytest.raises(RuleBroken):
        drafted_convention(starts=date(2024, 1, 2), ends=date(2024, 1, 1))


def test_drafting_and_signing_are_published_with_the_terms() -> None:
    drafted, signed = signed_convention("07", "03", "03").recorded
    assert isinstance(drafted, ConventionDrafted)
    assert isinstance(signed, ConventionSigned)
    assert drafted.regions == signed.regions == ["03", "07"]
    assert signed.on == date(2023, 5, 20)


def test_a_convention_of_one_region_belongs_to_it_and_one_of_several_to_none() -> None:
    assert drafted_convention("03").region_and_province() == ("03", None)
    assert drafted_convention("03", "07").region_and_province() == (None, None)


@given(first=DAYS, second=DAYS, on=DAYS)
def test_it_is_in_force_on_its_first_day_its_last_day_and_between(first: date, second: date, on: date) -> None:
    starts, ends = sorted((first, second))
    convention = drafted_convention(starts=starts, ends=ends)
    assert not convention.active(on)
    convention.sign(starts, max(starts, JOINED_ON))
    assert convention.active(on) == (starts <= on <= ends)
