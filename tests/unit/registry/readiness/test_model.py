from services.registry.readiness.model import Readiness
from services.registry.regions.model import Rollout
from tests.unit.registry.samples import gate


def test_a_region_is_ready_when_every_gate_holds() -> None:
    ready = Readiness("03", Rollout.PREPARING, [gate(needed=1, found=1), gate(needed=300, found=350)])
    assert ready.ready
    assert ready.missing == []


def test_what_is_missing_is_said_gate_by_gate() -> None:
    readiness = Readiness("03", Rollout.PREPARING, [gate(needed=1, found=1), gate(needed=300, found=12)])
    assert not readiness.ready
    assert readiness.missing == ["288 more"]


def test_a_region_that_has_not_joined_is_told_to_join() -> None:
    readiness = Readiness("02", Rollout.PLANNED, [])
    assert not readiness.ready
    assert "let it join first" in readiness.missing[0]
