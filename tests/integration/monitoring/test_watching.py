"""The real Prometheus and Alertmanager over a stack that has been used, well and badly."""

from collections.abc import Iterator

import pytest

from operator_cli.stack.layout import SERVICES
from tests.e2e.command import call
from tests.monitoring_stack import Monitored, eventually
from tests.rules import all_rules, metrics_in

NAMED = sorted({name for rule in all_rules() for name in metrics_in(rule["expr"])})
RECORDED = sorted({rule["record"] for rule in all_rules() if "record" in rule})
AWAY = "training-background"


@pytest.fixture
def killed(monitored: Monitored) -> Iterator[Monitored]:
    """The stack without one of its workers, which was killed and is kept from starting again."""
    monitored.stack.kill(AWAY)
    monitored.stack.hold(AWAY)
    yield monitored
    monitored.stack.release(AWAY)


def test_every_process_is_asked_under_its_service_role_and_cell(monitored: Monitored) -> None:
    up = monitored.query("up")
    assert {series.value for series in up} == {1.0}
    assert {(series.labels["service"], series.labels["role"]) for series in up} == {
        (service, role) for service in SERVICES for role in ("web", "background")
    }
    assert {series.labels["cell"] for series in up} == {"national"}


def test_each_metric_that_a_rule_names_is_there(monitored: Monitored) -> None:
    there = {name for name in NAMED if monitored.query(f"count({name})")}
    assert sorted(set(NAMED) - there) == []


def test_what_is_recorded_is_there(monitored: Monitored) -> None:
    there = {name for name in RECORDED if monitored.query(f"count({name})")}
    assert sorted(set(RECORDED) - there) == []


def test_every_rule_is_evaluated_without_an_error(monitored: Monitored) -> None:
    rules = monitored.rules()
    assert len(rules) == len(all_rules())
    eventually(lambda: {rule["health"] for rule in monitored.rules()} == {"ok"}, "all rules are well")


def test_a_demo_calls_nobody(monitored: Monitored) -> None:
    assert monitored.paged == frozenset()


def test_the_watchdog_arrives_and_says_where_to_read_on(monitored: Monitored) -> None:
    eventually(lambda: monitored.alert("Watchdog"), "the watchdog arrives")
    alert = monitored.alert("Watchdog")
    assert alert is not None
    assert alert["annotations"]["runbook_url"] == "docs/runbooks/Watchdog.md"
    assert "runbooks" not in alert["labels"]
    assert alert["receivers"] == [{"name": "watchdog"}]


def test_an_event_that_could_not_be_applied_is_told(monitored: Monitored) -> None:
    eventually(lambda: monitored.alert("DeadLettersOpen", service="training"), "the dead letter is told")


def test_a_killed_worker_is_told_as_such_and_by_nothing_else(killed: Monitored) -> None:
    labels = {"service": "training", "role": "background", "severity": "page"}
    eventually(lambda: killed.alert("ServiceDown", **labels), "Alertmanager has the alert")
    alert = killed.alert("ServiceDown", **labels)
    assert alert is not None
    assert alert["annotations"]["summary"] == "training-background does not answer"
    assert alert["annotations"]["runbook_url"] == "docs/runbooks/ServiceDown.md"
    assert alert["receivers"] == [{"name": "pages"}]
    assert {one["labels"]["service"] for one in killed.alerts() if one["labels"]["alertname"] == "ServiceDown"} == {"training"}
    others = [one for one in killed.alerts() if one["labels"].get("role") == "background" and one is not alert]
    here = [one for one in others if one["labels"]["service"] == "training" and one["fingerprint"] != alert["fingerprint"]]
    assert all(one["status"]["inhibitedBy"] == [alert["fingerprint"]] for one in here)


def test_status_and_up_know_prometheus_and_alertmanager(monitored: Monitored) -> None:
    told = call(monitored.stack.layout.home, "status").stdout
    assert f"http://127.0.0.1:{monitored.stack.ports.prometheus}" in told
    again = call(monitored.stack.layout.home, "up", "--monitoring").stdout
    assert "It was up already." in again
    assert f"http://127.0.0.1:{monitored.stack.ports.alertmanager}" in again
