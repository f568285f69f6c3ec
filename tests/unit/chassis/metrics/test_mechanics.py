"""Every declared metric has somebody who sets it, and nothing is measured that is not declared."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.metrics import MetricWrapperBase

from chassis.metrics import mechanics
from chassis.metrics.declaring import declared

CHASSIS = Path(mechanics.__file__).parents[1]
DECLARING = {"declaring.py", "mechanics.py", "__init__.py"}
SETTING = {"labels", "set", "inc", "observe", "observe_all"}
BY_HAND = {"show", "show_state"}

BY_NAME = {name: metric for name, metric in vars(mechanics).items() if isinstance(metric, MetricWrapperBase)}


def set_somewhere() -> Iterator[str]:
    """Names of metrics on which a value is set, or that are handed to what sets them."""
    for path in CHASSIS.rglob("*.py"):
        if path.parent.name == "metrics" and path.name in DECLARING:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Attribute(value=ast.Attribute(attr=name) | ast.Name(id=name), attr=method) if method in SETTING:
                    yield name
                case ast.Call(func=ast.Attribute(attr=method), args=[ast.Attribute(attr=name), *_]) if method in BY_HAND:
                    yield name


@pytest.mark.parametrize("name", BY_NAME)
def test_somebody_sets_it(name: str) -> None:
    assert name in set(set_somewhere())


def test_all_are_declared_in_one_place() -> None:
    assert {metric._name for metric in BY_NAME.values()} == {metric.family for metric in declared.values()}
    assert len(BY_NAME) == len(declared)


def test_ages_tell_five_seconds_apart() -> None:
    assert 5.0 in mechanics.EVENT_AGE_SECONDS._kwargs["buckets"]
