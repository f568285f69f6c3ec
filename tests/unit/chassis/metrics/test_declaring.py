import re

import pytest
from prometheus_client import CollectorRegistry, Gauge, Histogram

from chassis.metrics.declaring import FoldingHistogram, declared, show, show_state

BUCKETS = (1, 2, 5)


def test_names_keep_to_the_conventions() -> None:
    for metric in declared.values():
        assert re.fullmatch(r"nassij_[a-z]+(_[a-z]+)*", metric.name)
        assert metric.name.endswith("_total") == (metric.kind == "counter")
        assert ("seconds" in metric.name) == (metric.unit.startswith("seconds"))
        assert metric.says.endswith(".")


@pytest.mark.parametrize("values", [[], [0.5], [1, 1.5, 2, 2.5, 5, 7], [100.0] * 9])
def test_many_values_at_once_are_counted_as_one_by_one(values: list[float]) -> None:
    at_once, singly = CollectorRegistry(), CollectorRegistry()
    FoldingHistogram("x", "x", ["of"], buckets=BUCKETS, registry=at_once).labels("a").observe_all(iter(values))
    one_by_one = Histogram("x", "x", ["of"], buckets=BUCKETS, registry=singly).labels("a")
    for value in values:
        one_by_one.observe(value)
    assert [(sample.name, sample.labels, sample.value) for family in at_once.collect() for sample in family.samples] == [
        (sample.name, sample.labels, sample.value) for family in singly.collect() for sample in family.samples
    ]


def test_label_values_that_went_away_are_shown_no_longer() -> None:
    registry = CollectorRegistry()
    keys = Gauge("keys", "x", ["reason", "awaits"], registry=registry)
    show(keys, {("gap", ""): 2, ("not-yet", "registry"): 1})
    show(keys, {("gap", ""): 3})
    assert registry.get_sample_value("keys", {"reason": "gap", "awaits": ""}) == 3
    assert registry.get_sample_value("keys", {"reason": "not-yet", "awaits": "registry"}) is None


def test_one_state_is_the_current_one() -> None:
    registry = CollectorRegistry()
    state = Gauge("state", "x", ["state"], registry=registry)
    show_state(state, ("running", "stopped"), "running")
    show_state(state, ("running", "stopped"), "stopped")
    assert registry.get_sample_value("state", {"state": "running"}) == 0
    assert registry.get_sample_value("state", {"state": "stopped"}) == 1
