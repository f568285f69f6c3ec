from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.problems import RuleBroken
from services.training.needs.model import Demand
from services.training.plans.model import Plan
from tests.unit.training.given import said

CODES = ["OD-01", "OD-02", "MA-01"]
TODAY = date(2026, 3, 2)


def demands(**by_module: int) -> list[Demand]:
    return [Demand("03.591", module.replace("_", "-"), number) for module, number in by_module.items()]


def plan() -> Plan:
    return Plan(province="03.591", region="03")


def test_a_plan_ranks_the_modules_that_most_associations_need_first() -> None:
    established = plan()
    established.establish(demands(OD_02=5, MA_01=9, OD_01=5), catalogue=CODES, diagnosed=12, on=TODAY)
    [event] = established.recorded
    assert [(item.module, item.associations) for item in event.modules] == [("MA-01", 9), ("OD-01", 5), ("OD-02", 5)]
    assert (event.province, established.associations, established.established_on) == ("03.591", 12, TODAY)


def test_a_plan_holds_no_module_that_the_region_does_not_teach() -> None:
    established = plan()
    established.establish(demands(OD_01=1, XX_01=9), catalogue=CODES, diagnosed=9, on=TODAY)
    assert [item.module for item in established.modules] == ["OD-01"]


def test_without_needs_there_is_no_plan() -> None:
    with pytest.raises(RuleBroken, match="no-needs-known"):
        plan().establish([], catalogue=CODES, diagnosed=3, on=TODAY)


def test_a_plan_is_established_anew_when_needs_changed_and_left_when_they_did_not() -> None:
    established = plan()
    for number in (1, 1, 2):
        established.establish(demands(OD_01=number), catalogue=CODES, diagnosed=2, on=TODAY)
    assert said(established) == ["established", "established"]


@given(st.dictionaries(st.sampled_from(["OD_01", "OD_02", "MA_01", "MA_02"]), st.integers(1, 50), min_size=1))
def test_the_order_is_the_same_whatever_order_the_needs_come_in(needs: dict[str, int]) -> None:
    one, other = plan(), plan()
    one.establish(demands(**needs), catalogue=[*CODES, "MA-02"], diagnosed=50, on=TODAY)
    other.establish(demands(**needs)[::-1], catalogue=[*CODES, "MA-02"], diagnosed=50, on=TODAY)
    counts = [item.associations for item in one.modules]
    assert list(one.modules) == list(other.modules)
    assert counts == sorted(counts, reverse=True)
