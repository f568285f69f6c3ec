from datetime import date

import pytest

from chassis.problems import RuleBroken
from services.training.catalogue.model import Curriculum, Preparation
from tests.unit.training.given import catalogue, pack


def test_a_curriculum_takes_only_what_training_needs() -> None:
    curriculum = Curriculum.of(pack(grid={"anything": 1}))
    assert [module.code for module in curriculum.modules] == ["OD-01", "OD-02"]
    assert (curriculum.course.code, curriculum.course.seats) == ("TOT-01", 24)


@pytest.mark.parametrize(("planned", "needed"), [(4, 4), (5, 4), (6, 5), (10, 8)])
def test_eighty_percent_of_the_planned_half_days_complete(planned: int, needed: int) -> None:
    assert catalogue().curriculum.half_days_needed(planned) == needed


def test_sessions_wait_until_the_region_is_open() -> None:
    preparing = catalogue(opened=False)
    with pytest.raises(RuleBroken, match="region-not-open"):
        preparing.must_be_open()
    preparing.open(date(2026, 2, 1))
    preparing.must_be_open()


def test_a_module_or_course_that_the_pack_does_not_have_is_refused() -> None:
    assert catalogue().module("OD-02").half_days == 6
    with pytest.raises(RuleBroken, match="module-not-in-catalogue"):
        catalogue().module("OD-99")
    with pytest.raises(RuleBroken, match="course-not-in-catalogue"):
        catalogue().course("TOT-02")


def test_preparation_says_what_stands_ready() -> None:
    [completed] = Preparation.completed(catalogue()).recorded
    assert (completed.region, completed.pack.name, completed.pack.version) == ("03", "fes-meknes", "1.0")
    assert (completed.what.modules, completed.what.families, completed.what.courses) == (2, 1, 1)
