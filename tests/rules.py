"""The rules of deploy/monitoring as tests read them: recordings, alerts, and the names of metrics in an expression."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from operator_cli.stack.layout import ROOT

FOLDER = ROOT / "deploy" / "monitoring"
FILES = sorted((FOLDER / "rules").glob("*.yml"))
CASES = sorted((FOLDER / "tests").glob("*.yml"))

METRIC = re.compile(r"\b(?:[a-z_]+:)?(?:nassij_[a-z0-9_]+|process_[a-z_]+|up|ALERTS)(?::\w+)?\b")
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
LABELS = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")

Rule = dict[str, Any]


def rules_of(file: Path) -> list[Rule]:
    """All rules of a file, in their order."""
    return [rule for group in yaml.safe_load(file.read_text(encoding="utf-8"))["groups"] for rule in group["rules"]]


def all_rules() -> list[Rule]:
    """Those of all files."""
    return [rule for file in FILES for rule in rules_of(file)]


def alerts() -> list[Rule]:
    """Those that fire; several may have one name and differ by severity."""
    return [rule for rule in all_rules() if "alert" in rule]


def metrics_in(expression: str) -> set[str]:
    """The metrics and recorded series that an expression names; labels and their values are none."""
    plain = LABELS.sub("", QUOTED.sub('""', expression))
    return set(METRIC.findall(plain))


def cases() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each promtool case: the alert it asks for, and the labels of those that it expects to fire (none: silent)."""
    for file in CASES:
        for test in yaml.safe_load(file.read_text(encoding="utf-8"))["tests"]:
            for asked in test["alert_rule_test"]:
                yield asked["alertname"], [expected["exp_labels"] for expected in asked["exp_alerts"]]
