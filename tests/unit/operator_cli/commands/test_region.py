import json
from collections.abc import Callable

import pytest

from tests.unit.operator_cli.commands.conftest import FakeService, Nassij

FES = {"code": "03", "names": {"fr": "Fès-Meknès", "ar": "فاس مكناس"}, "state": "preparing", "preparations": []}


def test_a_region_joins_with_a_pack_by_name_and_version(
    service: FakeService, stack_of: Callable[[str], None], call: Nassij
) -> None:
    stack_of("registry")
    service.replies = {"POST /v1/regions/03/join": (200, FES)}
    assert "Fès-Meknès: preparing" in call("region", "join", "03", "--pack", "fes-meknes@1").stdout
    assert service.asked == [("POST /v1/regions/03/join", {"pack": {"name": "fes-meknes", "version": "1"}})]


def test_a_region_that_is_not_ready_says_what_is_missing_and_ends_with_1(
    service: FakeService, stack_of: Callable[[str], None], call: Nassij
) -> None:
    stack_of("registry")
    gate = {"gate": "associations", "title": {"fr": "Associations", "ar": "-"}, "needed": 300, "found": 12, "holds": False}
    missing = ["288 associations are still to be imported."]
    service.replies = {"GET /v1/regions/03/readiness": (200, {"ready": False, "gates": [gate], "missing": missing})}
    told = call("region", "readiness", "03")
    assert told.exit_code == 1
    assert "288 associations" in told.stdout
    assert json.loads(call("region", "readiness", "03", "--json").stdout)["ok"] is False


@pytest.mark.parametrize("arguments", [("show", "3"), ("show", "../02"), ("join", "03", "--pack", "fes-meknes")])
def test_what_is_written_wrongly_is_refused_before_anybody_is_asked(
    service: FakeService, stack_of: Callable[[str], None], call: Nassij, arguments: tuple[str, ...]
) -> None:
    stack_of("registry")
    assert call("region", *arguments).exit_code == 2
    assert service.asked == []
