import pytest

from chassis.problems import Invalid, NotFound, RuleBroken
from chassis.store.connection import Store
from chassis.testing.clock import FrozenClock
from services.training.needs.queries import demands
from services.training.plans import commands
from tests.integration.training.given import acting, hear, join, published

pytestmark = pytest.mark.usefixtures("service_store")


def diagnose(association: str, *modules: str, province: str = "03.591") -> None:
    data = {
        "association": association,
        "region": "03",
        "province": province,
        "needs": [{"module": module, "dimension": "governance", "score": 20} for module in modules],
    }
    hear("registry", f"diagnostic/of-{association}", "completed", data)


def test_a_plan_answers_the_needs_of_its_province(service_store: Store) -> None:
    join()
    with FrozenClock() as now:
        diagnose("a", "OD-01", "OD-02")
        diagnose("b", "OD-02", "OD-02")
        diagnose("c", "MA-01", province="03.061")
        with acting("03"):
            plan = commands.establish("03.591")
            assert commands.establish("03.591").version == plan.version
        assert [(item.module, item.associations) for item in plan.modules] == [("OD-02", 2), ("OD-01", 1)]
        assert plan.associations == 2

        now.advance(days=1)
        diagnose("b", "OD-01")
        with acting("03"):
            assert [(d.module, d.associations) for d in demands(province="03.591")] == [("OD-01", 2), ("OD-02", 1)]
            commands.establish("03.591")
    assert published(service_store, "plan") == ["established", "established"]


def test_a_plan_is_made_for_a_known_province_of_a_region_one_may_see() -> None:
    join()
    with acting("03"):
        with pytest.raises(Invalid, match=r"03\.999"):
            commands.establish("03.999")
        with pytest.raises(RuleBroken, match="no-needs-known"):
            commands.establish("03.591")
        with pytest.raises(NotFound):
            commands.establish("01.151")
