"""Every query of every panel, asked of the real Prometheus over a stack that has been used."""

import math

import pytest

from tests.integration.monitoring.dashboards_asked import Asked, asked
from tests.monitoring_stack import Monitored

SERVICES = ("registry", "training", "certification", "notifications", "observatory")
NOTHING_IS_NO_ANSWER = ("histogram_quantile", "_sum{", ":ratio_", "ALERTS", "route)")
"""A duration or a share of nothing is none: a service that nobody asked has no such thing."""


@pytest.mark.parametrize("query", asked(), ids=str)
def test_a_panel_shows_something_after_the_demo(monitored: Monitored, query: Asked) -> None:
    answer = monitored.query(query.filled(interval="1h"))
    assert any(math.isfinite(series.value) for series in answer), f"{query}: {query.filled()}"


@pytest.mark.parametrize("query", [query for query in asked() if "$service" in query.expr], ids=str)
def test_a_panel_can_be_asked_for_each_service_alone(monitored: Monitored, query: Asked) -> None:
    for service in SERVICES:
        answer = monitored.query(query.filled(service=service, interval="1h"))
        counts = not any(part in query.expr for part in NOTHING_IS_NO_ANSWER)
        assert answer or not counts, f"{query}: {query.filled(service=service)}"
        assert {series.labels.get("service", service) for series in answer} <= {service}
