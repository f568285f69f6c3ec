from pathlib import Path

import pytest

from operator_cli.errors import BadInput
from operator_cli.stack.layout import SERVICES, Layout
from operator_cli.stack.ports import Ports
from operator_cli.stack.specs import Spec, specs_of
from operator_cli.stack.supervisor import levels

LAYOUT = Layout(Path("/srv/stack"))


def specs(parts: str) -> list[Spec]:
    return specs_of(LAYOUT, Ports(), parts, classpath=[Path("/srv/kafka.jar")])


def test_infrastructure_is_broker_and_store_alone() -> None:
    assert [spec.name for spec in specs("infrastructure") if spec.mark is None] == ["kafka", "store"]


def test_every_service_has_a_web_and_a_background_process() -> None:
    names = [spec.name for spec in specs("everything") if spec.mark is None]
    assert names[:4] == ["kafka", "store", "smtp", "webhooks"]
    assert len(names) == 4 + len(SERVICES) * 2


def test_prometheus_and_alertmanager_run_where_they_are_wanted_and_nothing_needs_them() -> None:
    watched = specs("everything,monitoring")
    added = {spec.name for spec in watched} - {spec.name for spec in specs("everything")}
    assert added == {"prometheus", "alertmanager"}
    assert not any(added & set(spec.after) for spec in watched)


def test_a_service_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(BadInput, match="no service grants"):
        specs("registry,grants")


def test_the_store_is_never_started_without_its_safety() -> None:
    store = next(spec for spec in specs("infrastructure") if spec.name == "store")
    assert {"--sync-on-commit", "--auth"} <= set(store.command)


def test_what_others_need_is_started_before_and_stopped_after_them() -> None:
    order = {name: depth for depth, level in enumerate(levels(specs("everything"))) for name in level}
    assert order["store"] < order["training-migrate"] < order["training-web"]
    assert order["kafka"] < order["topics"] < order["training-background"]
