"""A stack that containers or a cluster run: commands that ask work, those that start and stop do not."""

import json

import pytest

from operator_cli.stack.layout import SERVICES, Layout
from tests.unit.operator_cli.commands.conftest import FakeService, Nassij
from tests.unit.operator_cli.commands.test_status import WELL, doing


@pytest.fixture
def away(service: FakeService, layout: Layout, monkeypatch: pytest.MonkeyPatch) -> FakeService:
    for role in ("WEB", "BACKGROUND"):
        monkeypatch.setenv(f"NASSIJ_{role}_URL", f"http://127.0.0.1:{service.port}/{{service}}/{role.lower()}/")
    return service


def test_status_asks_every_service_where_it_is(away: FakeService, call: Nassij) -> None:
    for name in SERVICES:
        away.replies |= {f"GET /{name}/{role}/readyz": (200, WELL) for role in ("web", "background")}
        away.replies[f"GET /{name}/background/ops/status"] = (200, doing(lag=2))
    found = call("status", "--json")
    told = {process["name"]: process for process in json.loads(found.stdout)["processes"]}
    assert (found.exit_code, len(told), told["training-background"]["consumer_lag"]) == (0, 2 * len(SERVICES), 2)


def test_a_service_that_is_not_there_ends_with_1(away: FakeService, call: Nassij) -> None:
    assert call("status").exit_code == 1


def test_what_an_operator_asks_for_carries_a_token(away: FakeService, call: Nassij) -> None:
    away.replies["GET /registry/web/v1/regions?limit=50"] = (200, {"items": []})
    assert call("region", "list", "--json").exit_code == 0
    assert all(token.startswith("Bearer ey") for token in away.tokens)


@pytest.mark.parametrize("command", ["up", "down", "reset", "logs", "clock advance 1d", "process kill kafka"])
def test_it_is_not_this_command_that_starts_and_stops_it(away: FakeService, call: Nassij, command: str) -> None:
    found = call(*command.split())
    assert (found.exit_code, "NASSIJ_WEB_URL" in found.stderr) == (1, True)


def test_what_was_not_told_is_asked_for(away: FakeService, call: Nassij) -> None:
    assert "NASSIJ_MAIL_URL" in call("mail").stderr
    assert "NASSIJ_KAFKA" in call("topics").stderr


def test_an_address_that_is_the_same_for_every_service_is_refused(
    away: FakeService, call: Nassij, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NASSIJ_BACKGROUND_URL", "http://services:8200")
    found = call("status")
    assert (found.exit_code, "{service}" in found.stderr) == (2, True)
