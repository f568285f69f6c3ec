from datetime import timedelta

from services.training.needs.model import AssociationNeeds
from tests.unit.training.given import NOW


def test_the_latest_diagnostic_counts_in_whatever_order_they_come() -> None:
    needs = AssociationNeeds(association="a")
    assert needs.supersede(["OD-02", "OD-01", "OD-01"], NOW)
    assert needs.modules == ["OD-01", "OD-02"]
    assert not needs.supersede(["MA-01"], NOW - timedelta(days=1))
    assert needs.supersede([], NOW + timedelta(days=1))
    assert needs.modules == []
