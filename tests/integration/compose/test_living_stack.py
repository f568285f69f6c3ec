"""`docker compose up` for real: with `--stack containers`, where an engine and its compose command are."""

# ruff: noqa: S603, S607 - the command line is written here, and docker lies where the caller's PATH says

import json
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from operator_cli.client import call, must
from tests.containers import free_port, why_no_engine
from vocabulary.pack import Pack

ROOT = Path(__file__).resolve().parents[3]
BOUND = 60.0
WHO = ("REGISTRY", "TRAINING", "CERTIFICATION", "NOTIFICATIONS", "MAIL", "KAFKA")


@dataclass(frozen=True)
class Compose:
    """One stack of its own: its name, its ports, the images that the environment names."""

    settings: dict[str, str]

    def __call__(self, *arguments: str) -> str:
        done = self.attempt(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def attempt(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = ["docker", "compose", "--project-name", f"nassij-test-{os.getpid()}", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.settings, capture_output=True, text=True, check=False)

    def address(self, who: str) -> str:
        return f"http://127.0.0.1:{self.settings[f'{who}_PORT']}"

    def nassij(self, *arguments: str) -> Any:
        return json.loads(self("run", "--rm", "operator", *arguments, "--json"))


@pytest.fixture(scope="module")
def compose(request: pytest.FixtureRequest) -> Iterator[Compose]:
    if request.config.getoption("--stack") != "containers":
        pytest.skip("docker compose is tried with --stack containers")
    reason = why_no_engine() or why_no_compose()
    if reason:
        pytest.skip(f"--stack containers: {reason}")
    stack = Compose({**os.environ, **images(), **{f"{who}_PORT": str(free_port()) for who in WHO}})
    try:
        stack("up", "--build", "--detach", "--wait", "--wait-timeout", "180")
        yield stack
    finally:
        stack("down", "--volumes", "--timeout", "30")


def images() -> dict[str, str]:
    """The images that tests use, under the names by which the compose file asks for them."""
    chosen = {kind: os.environ.get(f"NASSIJ_TEST_{kind}_IMAGE") for kind in ("KAFKA", "MONGO")}
    return {f"{kind}_IMAGE": image for kind, image in chosen.items() if image} | {"NASSIJ_IMAGE": "nassij:test"}


def why_no_compose() -> str | None:
    try:
        subprocess.run(["docker", "compose", "version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "docker has no compose command; install its compose plugin"
    return None


@pytest.fixture(scope="module")
def token(compose: Compose) -> str:
    return compose("run", "--rm", "operator", "token", "--role", "national").strip()


@pytest.mark.timeout(400)
def test_all_is_well_and_the_topics_are_there(compose: Compose) -> None:
    told = compose.nassij("status")
    assert told["ok"] is True
    assert len(told["processes"]) == 8
    assert compose.nassij("topics")["missing"] == []


def test_nothing_is_told_without_a_token(compose: Compose) -> None:
    assert call("GET", f"{compose.address('REGISTRY')}/v1/regions").status == 401


def test_a_region_joins_and_every_service_prepares_itself(compose: Compose, token: str) -> None:
    def post(path: str, body: object) -> Any:
        return must(call("POST", compose.address("REGISTRY") + path, token=token, body=body, patience=BOUND))

    compose.nassij("region", "load")
    pack = Pack.from_folder(ROOT / "packs" / "fes-meknes").to_document()
    post("/v1/packs", pack)
    terms = {"title": {"fr": "Convention", "ar": "اتفاقية"}, "parties": ["ADS", "Conseil régional"], "regions": ["03"]}
    convention = post("/v1/conventions", {**terms, "starts": "2020-01-01", "ends": "2090-12-31"})
    post(f"/v1/conventions/{convention['id']}/sign", {})
    compose.nassij("region", "join", "03", "--pack", f"{pack['name']}@{pack['version']}")
    assert compose.nassij("wait", "--quiet", "--timeout", str(BOUND))["ok"] is True
    found = compose.nassij("region", "show", "03")["preparations"]
    assert {each["service"] for each in found if each["prepared_at"]} == {"training", "certification", "notifications"}


def test_a_service_s_password_opens_no_other_service_s_database(compose: Compose) -> None:
    look = "from pymongo import MongoClient as C; C(open('/run/nassij/store-uri').read()).nassij_training.cohorts.find_one()"
    refused = compose.attempt("exec", "-T", "registry-web", "python", "-c", look)
    assert refused.returncode != 0
    assert "Unauthorized" in refused.stderr


def test_a_process_that_crashes_comes_back(compose: Compose) -> None:
    # Killed from inside, as a crash is; what an operator kills from outside stays down.
    compose.attempt("exec", "-T", "registry-web", "bash", "-c", "kill -KILL -1")
    container = compose("ps", "--quiet", "--all", "registry-web").strip()
    deadline = time.monotonic() + BOUND
    while not (_restarts(container) and _answers(compose)):
        assert time.monotonic() < deadline
        time.sleep(0.5)


def _restarts(container: str) -> int:
    asked = ["docker", "inspect", "--format", "{{.RestartCount}}", container]
    return int(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)


def _answers(compose: Compose) -> bool:
    from operator_cli.errors import NotRunning

    try:
        return call("GET", f"{compose.address('REGISTRY')}/readyz").status == 200
    except NotRunning:
        return False
