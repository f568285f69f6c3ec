"""What Prometheus and Alertmanager of a local stack are told, and what happens where they are not installed."""

import json
from pathlib import Path

import pytest
import yaml

from operator_cli.errors import BadInput
from operator_cli.stack import monitoring
from operator_cli.stack.layout import Layout
from operator_cli.stack.local import LocalStack
from operator_cli.stack.ports import Ports
from tests.rules import alerts

PORTS = Ports.from_base(20000)


def test_where_it_is_not_installed_one_sentence_says_how_to_and_nothing_has_been_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(monitoring.shutil, "which", lambda name: None)
    with pytest.raises(BadInput, match=r"Prometheus and Alertmanager cannot be found .*apt install prometheus prometheus-alertm"):
        LocalStack(Layout(tmp_path), PORTS, "everything,monitoring").start()
    assert not (tmp_path / "format").exists()
    assert BadInput.exit_code == 2


def test_the_program_of_its_makers_does_as_well_as_debian_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monitoring.shutil, "which", {"prometheus": "/opt/prometheus", "alertmanager": "/opt/alertmanager"}.get)
    monitoring.refuse_missing()
    assert monitoring.alertmanager_command(Layout(Path("/srv")), PORTS)[0] == "/opt/alertmanager"


def test_both_listen_on_this_machine_alone_and_keep_data_for_a_bounded_time() -> None:
    prometheus, alertmanager = (
        command(Layout(Path("/srv")), PORTS) for command in (monitoring.prometheus_command, monitoring.alertmanager_command)
    )
    assert {"--web.listen-address=127.0.0.1:20006", "--storage.tsdb.retention.time=15d"} <= set(prometheus)
    assert {"--web.listen-address=127.0.0.1:20007", "--cluster.listen-address="} <= set(alertmanager)
    assert any(word.startswith("--storage.tsdb.retention.size=") for word in prometheus)


def test_both_processes_of_each_service_are_asked_where_this_stack_has_them(tmp_path: Path) -> None:
    monitoring.write(Layout(tmp_path), PORTS, ["registry", "training"])
    written = json.loads((tmp_path / "prometheus" / "targets" / "nassij.json").read_text())
    assert [(target["targets"], target["labels"]["service"], target["labels"]["role"]) for target in written] == [
        (["127.0.0.1:20010"], "registry", "web"),
        (["127.0.0.1:20020"], "registry", "background"),
        (["127.0.0.1:20011"], "training", "web"),
        (["127.0.0.1:20021"], "training", "background"),
    ]


def test_settings_and_rules_are_those_of_the_project_word_for_word(tmp_path: Path) -> None:
    (tmp_path / "prometheus" / "rules").mkdir(parents=True)
    (tmp_path / "prometheus" / "rules" / "gone.yml").touch()
    monitoring.write(Layout(tmp_path), PORTS, ["registry"])
    for name in ("prometheus.yml", *(f"rules/{file.name}" for file in (monitoring.SOURCE / "rules").glob("*.yml"))):
        assert (tmp_path / "prometheus" / name).read_text() == (monitoring.SOURCE / name).read_text()
    assert not (tmp_path / "prometheus" / "rules" / "gone.yml").exists()


def test_a_hurry_shortens_every_pause_and_no_range() -> None:
    text = (monitoring.SOURCE / "rules" / "processes.yml").read_text()
    hurried = {rule["alert"]: rule for rule in yaml.safe_load(monitoring.hurried(text, 5))["groups"][0]["rules"]}
    assert hurried["ServiceDown"]["for"] == "12000ms"
    assert "[15m]" in hurried["ServiceRestarting"]["expr"]
    settings = yaml.safe_load(monitoring.hurried((monitoring.SOURCE / "prometheus.yml").read_text(), 5))["global"]
    assert (settings["scrape_interval"], settings["evaluation_interval"]) == ("3000ms", "3000ms")


def test_every_pause_of_every_alert_is_one_that_a_hurry_finds() -> None:
    paused = [rule["for"] for rule in alerts() if "for" in rule]
    text = "\n".join(file.read_text() for file in (monitoring.SOURCE / "rules").glob("*.yml"))
    assert len(monitoring.DURATION.findall(text)) == len(paused)
