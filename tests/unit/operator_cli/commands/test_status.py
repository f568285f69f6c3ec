import json
from collections.abc import Callable
from typing import Any

import pytest

from operator_cli.stack.layout import Layout
from tests.unit.operator_cli.commands.conftest import FakeService, Nassij

WELL = {"status": "ready", "checks": {"store": "ok"}}


def doing(state: str = "running", reason: str | None = None, **counts: int) -> dict[str, Any]:
    figures = {"lag": 0, "waiting_keys": 0, "dead_letters": 0, "pending": 0, "due": 0, "overdue": 0, **counts}
    return {
        "consumer": {"state": state, "reason": reason, **{n: figures[n] for n in ("lag", "waiting_keys", "dead_letters")}},
        "outbox": {"pending": figures["pending"]},
        "intents": {"pending": figures["due"], "due": figures["due"]},
        "deadlines": {"overdue": figures["overdue"]},
        "trouble": {},
    }


def test_a_stack_that_does_not_run_is_told_by_the_exit_code_too(layout: Layout, call: Nassij) -> None:
    assert call("status").exit_code == 3
    assert "nassij up" in call("status").stderr
    found = call("status", "--json")
    assert (found.exit_code, json.loads(found.stdout)["running"]) == (3, False)


def test_each_process_tells_its_lag_outbox_and_waiting_keys(
    service: FakeService, stack_of: Callable[[str], None], call: Nassij
) -> None:
    stack_of("training")
    service.replies = {"GET /readyz": (200, WELL), "GET /ops/status": (200, doing(lag=7, waiting_keys=2, pending=3))}
    found = call("status", "--json")
    told = {process["name"]: process for process in json.loads(found.stdout)["processes"]}
    background = told["training-background"]
    assert found.exit_code == 0
    assert (background["consumer_lag"], background["waiting_keys"], background["outbox_pending"]) == (7, 2, 3)
    assert told["training-web"]["ready"] is True


@pytest.mark.parametrize(
    "wrong",
    [
        {"GET /readyz": (503, {"status": "not ready", "checks": {"store": "ServerSelectionTimeoutError"}})},
        {"GET /ops/status": (200, doing(dead_letters=1))},
        {"GET /ops/status": (200, doing("stopped", "20 dead letters within 60 s"))},
    ],
)
def test_what_somebody_must_look_at_ends_with_1(
    service: FakeService, stack_of: Callable[[str], None], call: Nassij, wrong: dict[str, Any]
) -> None:
    stack_of("training")
    service.replies = {"GET /readyz": (200, WELL), "GET /ops/status": (200, doing()), **wrong}
    assert call("status").exit_code == 1


def test_the_table_names_the_check_that_failed(service: FakeService, stack_of: Callable[[str], None], call: Nassij) -> None:
    stack_of("training")
    service.replies = {"GET /readyz": (503, {"checks": {"store": "no answer within 1 s"}}), "GET /ops/status": (200, doing())}
    assert "store: no answer within 1 s" in call("status").stdout
