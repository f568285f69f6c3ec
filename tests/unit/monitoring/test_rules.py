"""What every rule must have."""

import re

import pytest

from tests.rules import Rule, alerts, all_rules, metrics_in

RECORDED = re.compile(r"^[a-z_]+:nassij_[a-z_]+:[a-z0-9_]+$")
SEVERITIES = {"page", "ticket", "info"}


@pytest.mark.parametrize("rule", alerts(), ids=lambda rule: f"{rule['alert']}-{rule['labels']['severity']}")
def test_an_alert_has_a_severity_says_what_is_wrong_and_where_to_read_what_to_do(rule: Rule) -> None:
    assert rule["labels"]["severity"] in SEVERITIES
    assert rule["annotations"]["runbook_url"] == f"{{{{ $externalLabels.runbooks }}}}/{rule['alert']}.md"
    assert rule["annotations"]["description"].endswith((".", "?"))
    assert not rule["annotations"]["summary"].endswith(".") or rule["alert"] == "Watchdog"


def test_what_is_recorded_is_named_by_level_metric_and_operations() -> None:
    recorded = [rule["record"] for rule in all_rules() if "record" in rule]
    assert [name for name in recorded if not RECORDED.match(name)] == []
    assert len(recorded) == len(set(recorded))


def test_the_watchdog_fires_whatever_happens() -> None:
    (watchdog,) = [rule for rule in alerts() if rule["alert"] == "Watchdog"]
    assert watchdog["expr"] == "vector(1)"
    assert "for" not in watchdog


def test_domain_gauges_are_never_summed_over_processes() -> None:
    domain = {"nassij_region_services", "nassij_funnel", "nassij_associations", "nassij_certificates"}
    for rule in all_rules():
        found = domain & metrics_in(rule["expr"])
        assert rule["expr"].count("max without (instance, role)") >= len(found)


def test_labels_and_their_values_are_no_metrics() -> None:
    expression = 'sum by (up, le) (rate(nassij_store_seconds_bucket{operation!="up"}[5m])) / service:nassij_x:rate5m'
    assert metrics_in(expression) == {"nassij_store_seconds_bucket", "service:nassij_x:rate5m"}
