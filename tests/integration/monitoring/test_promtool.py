"""Prometheus' and Alertmanager's own checkers over what deploy/monitoring holds."""

import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from operator_cli.stack import monitoring
from operator_cli.stack.layout import Layout
from operator_cli.stack.ports import Ports
from tests.rules import CASES, FILES, FOLDER, Rule, alerts, cases

NEVER_SILENT = {"Watchdog"}


def run(*command: str | Path) -> str:
    """What a checker says. It must have nothing against it."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=250)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_rules_are_ones(promtool: str) -> None:
    run(promtool, "check", "rules", "--lint=all", "--lint-fatal", *FILES)


def test_the_settings_are_ones_and_find_what_they_name(promtool: str, tmp_path: Path) -> None:
    monitoring.write(Layout(tmp_path), Ports(), ["registry"])
    assert "WARNING" not in run(promtool, "check", "config", tmp_path / "prometheus" / "prometheus.yml")


def test_in_a_hurry_they_are_still_ones(promtool: str, tmp_path: Path) -> None:
    monitoring.write(Layout(tmp_path), Ports(), ["registry"], hurry=5)
    run(promtool, "check", "config", tmp_path / "prometheus" / "prometheus.yml")


def test_alertmanager_s_settings_are_ones() -> None:
    amtool = shutil.which("amtool")
    if amtool is None:
        pytest.skip(f"amtool is not installed: `{monitoring.INSTALL}`")
    run(amtool, "check-config", FOLDER / "alertmanager.yml")
    routes = {"alertname=Watchdog severity=info": "watchdog", "severity=page": "pages", "severity=ticket": "tickets"}
    for labels, receiver in routes.items():
        told = run(amtool, "config", "routes", "test", f"--config.file={FOLDER / 'alertmanager.yml'}", *labels.split())
        assert receiver in told.splitlines()


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_alerts_fire_when_they_should_and_are_silent_when_they_should(promtool: str, file: Path) -> None:
    assert "SUCCESS" in run(promtool, "test", "rules", file)


@pytest.mark.parametrize("rule", alerts(), ids=lambda rule: "-".join([rule["alert"], *rule["labels"].values()]))
def test_each_alert_has_been_tried_firing_and_silent(rule: Rule) -> None:
    seen: defaultdict[str, list[bool]] = defaultdict(list)
    for name, expected in cases():
        seen[name].append(any(rule["labels"].items() <= labels.items() for labels in expected))
    assert True in seen[rule["alert"]]
    assert False in seen[rule["alert"]] or rule["alert"] in NEVER_SILENT


def test_each_file_of_rules_has_its_cases() -> None:
    assert {file.stem for file in FILES} <= {file.stem for file in CASES}
