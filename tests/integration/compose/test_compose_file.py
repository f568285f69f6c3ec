"""What docker-compose.yml and the Dockerfile promise, read without any engine."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from chassis.settings import Settings
from operator_cli import addresses
from operator_cli.stack.environment import ISSUER
from operator_cli.stack.layout import ELSEWHERE, SERVICES

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docker-compose.yml").read_text()
STACK: dict[str, Any] = yaml.safe_load(TEXT)
CONTAINERS: dict[str, dict[str, Any]] = STACK["services"]
ONCE = {name for name in CONTAINERS if name.endswith("migrate")} | {"setup", "store-setup", "topics"}
ON_CALL = {name for name, container in CONTAINERS.items() if container.get("profiles")}
KEPT = set(CONTAINERS) - ONCE - ON_CALL
PROCESSES = {f"{service}-{role}" for service in SERVICES for role in ("web", "background")}


def needed(name: str) -> dict[str, str]:
    return {other: terms["condition"] for other, terms in CONTAINERS[name].get("depends_on", {}).items()}


def test_every_service_has_its_two_processes_and_its_migration() -> None:
    assert set(CONTAINERS) >= PROCESSES | {f"{service}-migrate" for service in SERVICES}


@pytest.mark.parametrize("name", sorted(KEPT))
def test_what_is_kept_running_says_whether_it_is_well_and_is_started_again(name: str) -> None:
    container = CONTAINERS[name]
    assert container["healthcheck"]["test"][0] == "CMD"
    assert container["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(CONTAINERS))
def test_each_waits_until_what_it_needs_is_well_or_done(name: str) -> None:
    for other, condition in needed(name).items():
        assert condition == ("service_completed_successfully" if other in ONCE else "service_healthy")


@pytest.mark.parametrize("service", SERVICES)
def test_http_does_not_wait_for_kafka(service: str) -> None:
    reached, left = set(), [f"{service}-web"]
    while left:
        name = left.pop()
        reached.add(name)
        left += set(needed(name)) - reached
    assert "kafka" not in reached
    assert {"topics", f"{service}-migrate"} <= set(needed(f"{service}-background"))


def test_ports_are_open_on_this_machine_only() -> None:
    ports = [port for container in CONTAINERS.values() for port in container.get("ports", ())]
    assert len(ports) == len(SERVICES) + 2
    assert [port for port in ports if not re.fullmatch(r"127\.0\.0\.1:\$\{[A-Z]+_PORT:-\d+\}:\d+", port)] == []


def test_every_image_is_a_variable_with_a_default() -> None:
    images = [container["image"] for container in CONTAINERS.values()]
    assert [image for image in images if not re.fullmatch(r"\$\{[A-Z]+_IMAGE:-[a-z/]+:[\w.]+\}", image)] == []
    assert CONTAINERS["setup"]["build"]["args"]["PYTHON_IMAGE"].startswith("${PYTHON_IMAGE:-python:3.11")


def test_nothing_secret_stands_in_the_file() -> None:
    settings = [pair for container in CONTAINERS.values() for pair in container.get("environment", {}).items()]
    secret = [(name, value) for name, value in settings if re.search("(PASSWORD|SECRET|URI|TOKEN|KEY)(_FILE)?$", name)]
    assert [(name, value) for name, value in secret if not (name.endswith("_FILE") and value.startswith("/run/nassij/"))] == []
    assert not re.search(r"mongodb://[^\s]*:[^\s]*@", TEXT)


@pytest.mark.parametrize("name", sorted(PROCESSES | {f"{service}-migrate" for service in SERVICES}))
def test_a_service_is_told_only_what_it_knows(name: str) -> None:
    known = {f"NASSIJ_{field.name.upper()}" for field in fields(Settings)}
    told = {setting.removesuffix("_FILE") for setting in CONTAINERS[name]["environment"]}
    assert told <= known


def test_the_operator_s_command_is_told_only_what_it_knows() -> None:
    known = {ELSEWHERE, addresses.BACKGROUND, addresses.KAFKA, addresses.MAIL}
    assert set(CONTAINERS["operator"]["environment"]) == known


def test_services_trust_the_issuer_that_setup_makes() -> None:
    assert next(field.default for field in fields(Settings) if field.name == "issuer") == ISSUER


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_sees_its_own_secrets_and_no_others(service: str) -> None:
    for name in (f"{service}-web", f"{service}-background", f"{service}-migrate"):
        assert CONTAINERS[name]["volumes"] == [f"{service}-secrets:/run/nassij:ro"]


def test_all_passwords_are_seen_by_one_time_tasks_alone() -> None:
    assert {name for name, container in CONTAINERS.items() if "vault:" in str(container.get("volumes"))} == {
        "setup",
        "store-setup",
    }
    assert {name for name, container in CONTAINERS.items() if "issuer:" in str(container.get("volumes"))} == {"setup", "operator"}


@pytest.mark.parametrize("name", sorted(set(CONTAINERS) - {"kafka", "store", "setup"}))
def test_our_containers_have_no_rights_and_write_nothing_of_their_own(name: str) -> None:
    container = CONTAINERS[name]
    assert (container["read_only"], container["cap_drop"], "user" in container) == (True, ["ALL"], False)


def test_the_image_runs_as_a_user_that_is_not_root() -> None:
    assert re.findall(r"^USER (\S+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE) == ["10001:10001"]


def test_what_the_image_copies_is_let_through_to_the_engine() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+?)/? ", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert set(copied) == let_through
