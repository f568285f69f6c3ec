import json
from datetime import UTC, datetime, timedelta

import pytest

from operator_cli.stack.layout import Layout
from tests.unit.operator_cli.commands.conftest import Nassij


def told(call: Nassij) -> datetime:
    return datetime.fromisoformat(json.loads(call("clock", "--json").stdout)["now"])


def test_a_day_begins_at_eight_in_casablanca_also_in_ramadan_when_that_is_eight_in_utc(layout: Layout, call: Nassij) -> None:
    assert call("clock", "set", "2026-03-02").stdout.startswith("Monday 02 March 2026 08:00")
    assert abs(told(call) - datetime(2026, 3, 2, 8, tzinfo=UTC)) < timedelta(seconds=5)


def test_it_goes_forward_from_where_it_is(layout: Layout, call: Nassij) -> None:
    call("clock", "set", "2026-03-02")
    assert call("clock", "advance", "48h").stdout.startswith("Wednesday 04 March 2026 08:00")


def test_a_reset_gives_the_machine_s_own_time(layout: Layout, call: Nassij) -> None:
    call("clock", "advance", "3d")
    call("clock", "reset")
    assert abs(told(call) - datetime.now(UTC)) < timedelta(seconds=5)
    assert not layout.clock.exists()


@pytest.mark.parametrize("arguments", [("set", "yesterday"), ("set", "2026-13-01"), ("advance", "two days"), ("advance", "-1h")])
def test_a_time_that_cannot_be_read_changes_nothing(layout: Layout, call: Nassij, arguments: tuple[str, ...]) -> None:
    assert call("clock", *arguments).exit_code == 2
    assert not layout.clock.exists()


def test_a_spoilt_clock_file_is_told_with_its_remedy(layout: Layout, call: Nassij) -> None:
    layout.clock.write_text("soon")
    found = call("clock")
    assert found.exit_code == 1
    assert "nassij clock reset" in found.stderr
