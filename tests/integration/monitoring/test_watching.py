"""The real Prometheus over a stack that has been used."""

from tests.monitoring_stack import Monitored


def test_every_process_is_asked_under_its_service_role_and_cell(monitored: Monitored) -> None:
    up = monitored.query("up")
    assert {series.value for series in up} == {1.0}
    assert {series.labels["role"] for series in up} == {"web", "background"}
    assert {series.labels["cell"] for series in up} == {"national"}
