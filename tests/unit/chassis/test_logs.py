import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from chassis import logs
from chassis.context import Context, entered
from chassis.settings import Settings

SETTINGS = Settings(service="training", instance="training-web-0", store_uri="mongodb://u:p@h/d", log_level="INFO")


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stream = io.StringIO()
    logs.configure(SETTINGS, "web", stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_fact_is_one_line_that_says_who_speaks(out: io.StringIO) -> None:
    structlog.get_logger("x").info("relay.published", events=12)
    (line,) = lines(out)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "relay.published",
        "events": 12,
        "level": "info",
        "service": "training",
        "instance": "training-web-0",
        "process": "web",
    }


def test_a_line_tells_the_cause_of_the_work_at_hand(out: io.StringIO) -> None:
    with entered(Context(by="operator-7", correlation="c-1", causation="e-1")):
        structlog.get_logger("x").info("plan.established")
    assert {k: v for k, v in lines(out)[0].items() if k in {"by", "correlation", "causation"}} == {
        "by": "operator-7",
        "correlation": "c-1",
        "causation": "e-1",
    }


def test_personal_fields_and_secrets_are_dropped_at_any_depth(out: io.StringIO) -> None:
    structlog.get_logger("x").info("mail.sent", mail="a@b.ma", token="t", actor="a-1", inner={"phone": "0612345678", "kept": 1})
    (line,) = lines(out)
    assert "mail" not in line
    assert "token" not in line
    assert line["actor"] == "a-1"
    assert line["inner"] == {"kept": 1}


def test_free_text_is_masked(out: io.StringIO) -> None:
    logging.getLogger("smtp").warning("refused %s and +212 612-345678, see mongodb://user:word@host/x", "salma@exemple.ma")
    (line,) = lines(out)
    assert line["event"] == "library.message"
    assert line["logger"] == "smtp"
    assert line["message"] == "refused <mail> and <phone>, see mongodb://…@host/x"


def test_ids_and_moments_are_not_mistaken_for_telephones(out: io.StringIO) -> None:
    structlog.get_logger("x").info(
        "seen", id="019a0612-3456-7890-8abc-0612345678ff", at="2026-03-02T09:00:00Z", code="03.591.01.03"
    )
    (line,) = lines(out)
    assert line["id"] == "019a0612-3456-7890-8abc-0612345678ff"
    assert line["code"] == "03.591.01.03"


def test_an_exception_is_one_line_without_personal_data(out: io.StringIO) -> None:
    try:
        raise ValueError("duplicate key: salma@exemple.ma")  # noqa: TRY301
    except ValueError:
        structlog.get_logger("x").exception("store.refused")
    (line,) = lines(out)
    assert "ValueError: duplicate key: <mail>" in line["exception"]


def test_libraries_are_heard_from_warnings_on(out: io.StringIO) -> None:
    logging.getLogger("kafka.conn").info("connecting")
    logging.getLogger("kafka.conn").warning("lost")
    structlog.get_logger("x").debug("too.small")
    assert [line["message"] for line in lines(out)] == ["lost"]
