from datetime import date

import pytest

from chassis.scope import unscoped
from services.training.completions import commands as completions
from services.training.completions.model import Completer, Ended
from services.training.needs import metrics
from tests.integration.training.given import acting, hear

pytestmark = pytest.mark.usefixtures("service_store")


def diagnose(association: str, *modules: str, region: str = "03") -> None:
    needs = [{"module": module, "dimension": "governance", "score": 20} for module in modules]
    data = {"association": association, "region": region, "province": f"{region}.591", "needs": needs}
    hear("registry", f"diagnostic/of-{association}", "completed", data, region=region)


def complete(module: str, **associations: str) -> None:
    """Somebody of each association completes a session of the module: person="association"."""
    on = date(2026, 3, 17)
    ended = Ended(kind="session", id=f"s-{module}", module=module, region="03", province="03.591", half_days=4, on=on)
    with acting("03"):
        completions.record(ended, [Completer(person=who, association=name, attended=4) for who, name in associations.items()])


def figures() -> dict[tuple[str, str], float]:
    with unscoped("a gauge counts the whole country"):
        return {(labels[0], labels[1]): value for labels, value in metrics.needs()}


def test_a_need_is_closed_when_somebody_of_the_association_completed_its_module() -> None:
    diagnose("a", "OD-01", "OD-02")
    diagnose("b", "OD-01")
    diagnose("c", "OD-01", region="07")
    assert figures() == {("03", "open"): 3, ("03", "closed"): 0, ("07", "open"): 1, ("07", "closed"): 0}
    complete("OD-01", amina="a", said="a", stranger="of no known needs")
    complete("MA-01", amina="b")
    assert figures() == {("03", "open"): 2, ("03", "closed"): 1, ("07", "open"): 1, ("07", "closed"): 0}
