import json
from collections.abc import Callable
from typing import Any

from tests.unit.operator_cli.commands.conftest import FakeService, Nassij


def letter(number: int, state: str = "open") -> dict[str, Any]:
    return {"id": f"l{number}", "state": state, "type": "t", "key": "region/03", "sequence": number, "cause": "ValueError: no"}


def test_every_page_is_listed_and_an_open_one_ends_with_1(
    service: FakeService, stack_of: Callable[[str], None], call: Nassij
) -> None:
    stack_of("training")
    service.replies = {
        "GET /ops/deadletters?state=open&limit=200": (200, {"items": [letter(1)], "next": "l1"}),
        "GET /ops/deadletters?state=open&after=l1&limit=200": (200, {"items": [letter(2)], "next": None}),
    }
    found = call("deadletters", "list", "--json")
    assert found.exit_code == 1
    assert [each["id"] for each in json.loads(found.stdout)["dead_letters"]] == ["l1", "l2"]


def test_none_ends_with_0(service: FakeService, stack_of: Callable[[str], None], call: Nassij) -> None:
    stack_of("training")
    service.replies = {"GET /ops/deadletters?state=open&limit=200": (200, {"items": [], "next": None})}
    assert call("deadletters", "list").stdout == "No dead letters.\n"


def test_a_discard_carries_its_reason_and_who_asks(service: FakeService, stack_of: Callable[[str], None], call: Nassij) -> None:
    stack_of("training")
    service.replies = {"POST /ops/deadletters/l1/discard": (200, letter(1, "discarded"))}
    assert call("deadletters", "discard", "l1", "--in", "training", "--reason", "sent twice").exit_code == 0
    assert service.asked == [("POST /ops/deadletters/l1/discard", {"reason": "sent twice"})]
    assert all(token.startswith("Bearer ") for token in service.tokens)


def test_a_service_s_refusal_is_told_in_its_own_words(
    service: FakeService, stack_of: Callable[[str], None], call: Nassij
) -> None:
    stack_of("training")
    service.replies = {"POST /ops/deadletters/l1/retry": (409, {"title": "Decided", "detail": "It was discarded already."})}
    found = call("deadletters", "retry", "l1", "--in", "training")
    assert (found.exit_code, found.stderr) == (1, "nassij: It was discarded already.\n")


def test_a_service_that_the_stack_does_not_run_is_named(stack_of: Callable[[str], None], call: Nassij) -> None:
    stack_of("training")
    found = call("deadletters", "show", "l1", "--in", "registry")
    assert found.exit_code == 3
    assert "runs no registry" in found.stderr


def test_republishing_needs_a_moment_with_its_time_zone(
    service: FakeService, stack_of: Callable[[str], None], call: Nassij
) -> None:
    stack_of("training")
    service.replies = {"POST /ops/outbox/republish": (200, {"republished": 2})}
    assert call("outbox", "republish", "--in", "training", "--since", "2026-03-02").exit_code == 2
    assert (
        call("outbox", "republish", "--in", "training", "--since", "2026-03-02T08:00:00Z", "--key", "plan/03.591").exit_code == 0
    )
    assert service.asked == [("POST /ops/outbox/republish", {"since": "2026-03-02T08:00:00+00:00", "key": "plan/03.591"})]
