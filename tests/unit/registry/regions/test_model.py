from datetime import date, timedelta

import pytest

from chassis.problems import RuleBroken
from services.registry.regions.events import RegionJoined, RegionOpened, RegionPlanned, RegionPreparationOverdue
from services.registry.regions.model import ANSWER_WITHIN, Rollout
from tests.unit.registry.samples import (
    JOINED_AT,
    JOINED_ON,
    NAMES,
    PACK,
    SERVICES,
    drafted_convention,
    gate,
    planned_region,
    preparing_region,
    signed_convention,
)

LATER = JOINED_AT + ANSWER_WITHIN


def test_a_region_is_planned() -> None:
    assert planned_region().recorded == [RegionPlanned(region="03", names=NAMES, population=4_467_911)]


def test_a_planned_region_joins_and_waits_for_the_services_of_its_pack() -> None:
    region, convention = planned_region(), signed_convention("03")
    region.join(PACK, SERVICES, convention, JOINED_AT)
    assert region.state is Rollout.PREPARING
    assert [preparation.service for preparation in region.awaited] == list(SERVICES)
    assert region.recorded[-1] == RegionJoined(
        region="03", names=NAMES, pack=PACK, convention=convention.id, services=list(SERVICES), on=JOINED_ON
    )


def test_a_region_joins_once() -> None:
    with pytest.raises(RuleBroken) as refused:
        preparing_region().join(PACK, SERVICES, signed_convention("03"), JOINED_AT)
    assert refused.value.slug == "region-already-joined"


def test_a_region_does_not_join_without_a_convention_in_force_for_it() -> None:
    region = planned_region()
    for convention in (drafted_convention("03"), signed_convention("07")):
        with pytest.raises(RuleBroken) as refused:
            region.join(PACK, SERVICES, convention, JOINED_AT)
        assert refused.value.slug == "convention-does-not-cover"
    assert region.state is Rollout.PLANNED


def test_a_service_that_is_prepared_is_awaited_no_more() -> None:
    region = preparing_region()
    assert region.note_prepared("training", "fes-meknes@1.0", {"modules": 16}, LATER)
    assert [preparation.service for preparation in region.awaited] == ["certification", "notifications"]
    assert region.preparations[0].what == {"modules": 16}


def test_the_first_answer_of_a_service_counts() -> None:
    region = preparing_region()
    region.note_prepared("training", "fes-meknes@1.0", {"modules": 16}, JOINED_AT)
    region.note_prepared("training", "fes-meknes@1.0", {"modules": 1}, LATER)
    assert region.preparations[0].prepared_at == JOINED_AT
    assert region.preparations[0].what == {"modules": 16}


@pytest.mark.parametrize(("service", "pack"), [("weather", "fes-meknes@1.0"), ("training", "fes-meknes@0.9")])
def test_an_answer_that_nobody_asked_for_is_not_noted(service: str, pack: str) -> None:
    region = preparing_region()
    assert not region.note_prepared(service, pack, {}, LATER)
    assert len(region.awaited) == 3


def test_services_that_are_late_are_named_once() -> None:
    region = preparing_region()
    region.note_prepared("training", "fes-meknes@1.0", {}, JOINED_AT)
    assert region.note_overdue(LATER)
    assert not region.note_overdue(LATER + timedelta(hours=1))
    assert region.recorded == [
        RegionPreparationOverdue(region="03", services=["certification", "notifications"], awaited_since=JOINED_AT)
    ]


def test_a_region_whose_services_all_answered_has_none_that_is_late() -> None:
    region = preparing_region()
    for service in SERVICES:
        region.note_prepared(service, "fes-meknes@1.0", {}, JOINED_AT)
    assert not region.note_overdue(LATER)
    assert region.recorded == []


def test_a_preparing_region_opens_when_every_gate_holds() -> None:
    region = preparing_region()
    region.open([gate(needed=300, found=300), gate(needed=1, found=2)], date(2023, 9, 20))
    assert region.state is Rollout.OPEN
    assert region.recorded == [RegionOpened(region="03", names=NAMES, pack=PACK, on=date(2023, 9, 20))]


def test_a_gate_that_does_not_hold_keeps_it_closed_and_is_named() -> None:
    region = preparing_region()
    with pytest.raises(RuleBroken) as refused:
        region.open([gate(needed=1, found=1), gate(needed=300, found=12)], date(2023, 9, 20))
    assert refused.value.slug == "gates-do-not-hold"
    assert [(found["needed"], found["found"]) for found in refused.value.extra["gates"]] == [(300, 12)]
    assert region.state is Rollout.PREPARING


def test_a_region_that_has_not_joined_does_not_open() -> None:
    with pytest.raises(RuleBroken) as refused:
        planned_region().open([], date(2023, 9, 20))
    assert refused.value.slug == "region-not-preparing"


def test_an_open_region_does_not_open_again() -> None:
    region = preparing_region()
    region.open([], date(2023, 9, 20))
    with pytest.raises(RuleBroken):
        region.open([], date(2023, 9, 21))
