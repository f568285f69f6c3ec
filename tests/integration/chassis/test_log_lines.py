"""Lines about effects and deadlines name the first cause, on the real store."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog

from chassis import logs
from chassis.context import Context, entered
from chassis.deadlines import Timekeeper
from chassis.intents import GaveUp, Retry
from chassis.scope import EVERYWHERE
from chassis.sender import Sender
from chassis.settings import Settings
from chassis.store.connection import Store
from chassis.testing.clock import FrozenClock
from tests.integration.chassis.notebook.pages import commands
from tests.integration.chassis.notebook.pages.model import MOST
from tests.integration.chassis.notebook.service import service

pytestmark = pytest.mark.usefixtures("notebook")
CAUSE = Context(by="operator-7", scope=EVERYWHERE, correlation="c-1", causation="event-1")


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    out = io.StringIO()
    logs.configure(Settings(service="notebook", store_uri="mongodb://unused/unused"), "background", out)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def test_each_attempt_to_send_says_how_it_ended(lines: Callable[[], list[dict[str, Any]]]) -> None:
    commands.answers.clear()
    with FrozenClock(datetime(2026, 3, 2, 9, tzinfo=UTC)) as clock, entered(CAUSE):
        commands.open_page("1")
        commands.post("1")
        sender = Sender(service.channels, threads=1)
        commands.answers.extend([Retry("refused"), GaveUp("unknown")])
        sender.round()
        clock.advance(timedelta(hours=1))
        sender.round()
        sender.close()
    told = [(line["level"], line["outcome"], line["attempt"], line["reason"]) for line in lines()]
    assert told == [("warning", "retry", 1, "refused"), ("warning", "gave-up", 2, "unknown")]
    assert all((line["correlation"], line["causation"]) == ("c-1", "event-1") for line in lines())
    assert not any("someone" in line.values() for line in lines())


def test_a_deadline_that_fails_says_which(notebook: Store, lines: Callable[[], list[dict[str, Any]]]) -> None:
    with FrozenClock(datetime(2026, 3, 2, 9, tzinfo=UTC)) as clock:
        with entered(CAUSE):
            commands.open_page("1")
            commands.turn_later("1", timedelta(hours=1))
        notebook.database.pages.update_one({"_id": "1"}, {"$set": {"turns": MOST}})
        clock.advance(timedelta(hours=2))
        Timekeeper(service.deadlines).round()
    (line,) = lines()
    assert (line["event"], line["deadline"], line["subject"], line["error"]) == ("deadline.failed", "turn", "1", "RuleBroken")
    assert (line["correlation"], line["causation"], line["by"]) == ("c-1", "event-1", "operator-7")
