import pytest

from chassis.problems import RuleBroken
from services.training.sessions.model import Plan, Session
from tests.unit.training.given import COMMUNE, NOW, catalogue, half_days
from vocabulary import territory


def wanted(module: str = "OD-01", days: int = 4, **more: int) -> Plan:
    return Plan(module=module, trainer="trainer", commune=territory.commune(COMMUNE), half_days=half_days(days), **more)


def test_a_session_takes_its_seats_from_the_module_and_its_territory_from_the_commune() -> None:
    planned = Session.plan(catalogue(), wanted(), NOW)
    assert (planned.region, planned.province, planned.commune) == ("03", "03.591", COMMUNE)
    [event] = planned.recorded
    assert (event.capacity, event.seats_per_association, event.module, event.trainer) == (3, 2, "OD-01", "trainer")
    assert (event.starts, len(event.half_days), event.half_days[0].part) == (planned.register.starts, 4, "am")


def test_a_session_may_have_other_seats() -> None:
    planned = Session.plan(catalogue(), wanted(capacity=30, seats_per_association=1), NOW)
    assert (planned.places.capacity, planned.places.seats_per_association) == (30, 1)


def test_a_region_that_is_not_open_holds_no_sessions() -> None:
    with pytest.raises(RuleBroken, match="region-not-open"):
        Session.plan(catalogue(opened=False), wanted(), NOW)


def test_a_session_holds_a_module_of_the_catalogue_in_its_planned_length() -> None:
    with pytest.raises(RuleBroken, match="module-not-in-catalogue"):
        Session.plan(catalogue(), wanted(module="MA-09"), NOW)
    with pytest.raises(RuleBroken, match="half-days-not-as-planned"):
        Session.plan(catalogue(), wanted(module="OD-02", days=4), NOW)
