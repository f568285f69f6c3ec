import json
from collections.abc import Callable, Iterator
from typing import Any

from operator_cli.commands.wait import QUIET_LOOKS
from tests.unit.operator_cli.commands.conftest import FakeService, Nassij
from tests.unit.operator_cli.commands.test_status import doing

MARK = "GET /ops/watermarks/registry/association/a1"


def in_turn(*bodies: Any) -> Callable[[], tuple[int, Any]]:
    """Each answer once, then the last for ever."""
    left: Iterator[Any] = iter(bodies)
    return lambda: (200, next(left, bodies[-1]))


def test_it_waits_until_the_sequence_is_reached(service: FakeService, stack_of: Callable[[str], None], call: Nassij) -> None:
    stack_of("training")
    service.replies = {MARK: in_turn({"sequence": 0}, {"sequence": 2}, {"sequence": 3})}
    found = call("wait", "association/a1@3", "--in", "training", "--from", "registry")
    assert found.exit_code == 0
    assert len(service.asked) == 3


def test_when_the_time_is_over_it_says_how_far_each_service_has_come(
    service: FakeService, stack_of: Callable[[str], None], call: Nassij
) -> None:
    stack_of("training")
    service.replies = {MARK: (200, {"sequence": 2})}
    found = call("wait", "association/a1@3", "--in", "training", "--from", "registry", "--timeout", "0.2", "--json")
    assert found.exit_code == 1
    assert json.loads(found.stdout)["missing"] == [{"service": "training", "sequence": 2}]


def test_one_quiet_look_is_not_quiet(service: FakeService, stack_of: Callable[[str], None], call: Nassij) -> None:
    stack_of("training")
    service.replies = {"GET /ops/status": in_turn(doing(), doing(lag=1), doing(pending=1), *[doing()] * QUIET_LOOKS)}
    assert call("wait", "--quiet", "--timeout", "5").exit_code == 0
    assert len(service.asked) == 3 + QUIET_LOOKS


def test_what_is_still_on_its_way_is_named(service: FakeService, stack_of: Callable[[str], None], call: Nassij) -> None:
    stack_of("training")
    service.replies = {"GET /ops/status": (200, doing("backing-off", due=4))}
    found = call("wait", "--quiet", "--timeout", "0", "--json")
    assert json.loads(found.stdout)["missing"] == [{"service": "training", "intents": 4, "consumer": "backing-off"}]


def test_a_service_that_listens_to_nobody_is_quiet(service: FakeService, stack_of: Callable[[str], None], call: Nassij) -> None:
    stack_of("registry")
    absent = doing("absent")
    absent["consumer"]["lag"] = None
    service.replies = {"GET /ops/status": (200, absent)}
    assert call("wait", "--quiet", "--timeout", "2").exit_code == 0


def test_an_event_that_is_none_is_refused_before_anybody_is_asked(
    service: FakeService, stack_of: Callable[[str], None], call: Nassij
) -> None:
    stack_of("training")
    for arguments in (("association/a1",), (), ("association/a1@3", "--quiet")):
        assert call("wait", *arguments).exit_code == 2
    assert service.asked == []
