"""`nassij logs`."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from operator_cli.commands.logs import moment
from operator_cli.errors import BadInput
from operator_cli.stack.layout import Layout
from tests.unit.operator_cli.commands.conftest import Nassij

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def write(layout: Layout, process: str, *events: tuple[int, str, str]) -> None:
    rows = (
        {"event": event, "correlation": about, "level": "info", "timestamp": (NINE + timedelta(seconds=at)).isoformat()}
        for at, event, about in events
    )
    layout.log(process).write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_one_correlation_is_told_over_all_processes_in_order_of_time(layout: Layout, call: Nassij) -> None:
    write(layout, "training-web", (1, "first", "c-1"), (2, "other", "c-2"), (5, "fourth", "c-1"))
    write(layout, "notifications-background", (3, "second", "c-1"), (4, "third", "c-1"))
    found = call("logs", "--correlation", "c-1")
    assert [line.split()[4] for line in found.stdout.splitlines()] == ["first", "second", "third", "fourth"]
    assert [json.loads(line)["event"] for line in call("logs", "-c", "c-1", "--json").stdout.splitlines()] == [
        "first",
        "second",
        "third",
        "fourth",
    ]


def test_without_a_filter_it_shows_the_last_lines_of_each(layout: Layout, call: Nassij) -> None:
    write(layout, "training-web", *((at, f"event-{at}", "c") for at in range(30)))
    write(layout, "registry-web", (100, "late", "c"))
    assert len(call("logs").stdout.splitlines()) == 11
    assert len(call("logs", "training-web", "-n", "3").stdout.splitlines()) == 3


def test_only_what_came_since_and_is_grave_enough(layout: Layout, call: Nassij) -> None:
    write(layout, "training-web", (0, "before", "c"), (60, "after", "c"))
    assert "before" not in call("logs", "--since", "2026-03-02T09:00:30Z").stdout
    assert call("logs", "--level", "error").stdout == ""


def test_a_log_that_is_not_there_is_refused_with_those_that_are(layout: Layout, call: Nassij) -> None:
    assert "start the stack" in call("logs").stderr
    write(layout, "training-web", (0, "a", "c"))
    assert "there are training-web" in call("logs", "toaster").stderr


def test_a_moment_is_written_or_so_long_ago() -> None:
    def said(text: str) -> datetime:
        found = moment(None, None, text)  # type: ignore[arg-type]
        assert found is not None
        return found

    assert said("2026-03-02T09:00:00Z") == said("2026-03-02T09:00:00") == NINE
    assert abs(datetime.now(UTC) - timedelta(minutes=10) - said("10m")) < timedelta(seconds=5)
    for text in ("yesterday", "10", "m", "1y"):
        with pytest.raises(BadInput):
            said(text)
