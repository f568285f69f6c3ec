"""Lines of logs, their order and what of them is wanted."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from operator_cli.logs.lines import Line, Reader, Wanted
from operator_cli.logs.show import for_people, for_programs

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def written(event: str, seconds: float = 0, /, **fields: object) -> bytes:
    return json.dumps({"event": event, "timestamp": (NINE + timedelta(seconds=seconds)).isoformat(), **fields}).encode() + b"\n"


def read(*raws: bytes, wanted: Wanted = Wanted()) -> list[Line]:  # noqa: B008 - frozen
    return list(Reader("training-web", NINE - timedelta(hours=1)).read(raws, wanted))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (b"2026-03-02T09:00:00.000Z [main] WARN kafka.server - slow", "warning"),
        (b"[2026-03-02 09:00:00,000] FATAL went away", "critical"),
        (b"timestamp='2026-03-02T09:00:00Z' level='info' event='started'", "info"),
        (b"2026-03-02 09:00:00 nothing said", "info"),
    ],
)
def test_others_texts_tell_time_and_level_too(text: bytes, level: str) -> None:
    line = read(text)[0]
    assert (line.time, line.level) == (NINE, level)


def test_what_follows_a_text_belongs_to_it() -> None:
    lines = read(b"2026-03-02T09:00:00Z ERROR broke\n", b"  at somewhere\n", b"2026-03-02T09:00:01Z fine\n", b"\n")
    assert [(line.time, line.level) for line in lines] == [
        (NINE, "error"),
        (NINE, "error"),
        (NINE + timedelta(seconds=1), "info"),
    ]


@pytest.mark.parametrize("field", ["correlation", "causation", "request", "event_id", "error_id"])
def test_a_line_is_about_an_id_that_a_field_names(field: str) -> None:
    lines = [written("a", 0, **{field: "c-1"}), written("b", message="c-1"), written("c", 0, **{field: "c-12"}), b"c-1\n"]
    assert [line.fields["event"] for line in read(*lines, wanted=Wanted("c-1")) if line.fields] == ["a"]


def test_lines_are_wanted_by_level_and_moment() -> None:
    lines = [written("old", level="error"), written("mild", 60, level="info"), written("grave", 60, level="warning")]
    wanted = Wanted(level="warning", since=NINE + timedelta(seconds=30))
    assert [line.fields["event"] for line in read(*lines, wanted=wanted) if line.fields] == ["grave"]


@pytest.mark.parametrize("text", [b"{broken\n", b"[1]\n", b"\xff\xfe\n", b'{"timestamp": 5, "level": "loud"}\n'])
def test_no_line_is_too_broken_to_be_shown(text: bytes) -> None:
    line = read(text)[0]
    assert line.level == "info"
    assert for_people(line, 10)
    assert json.loads(for_programs(line))


def test_people_read_time_process_event_and_fields() -> None:
    line = read(
        written("http.answered", 0.25, level="warning", service="training", status=409, correlation="c-1", why="no seat")
    )[0]
    assert for_people(line, 14, "c-1").replace("\x1b[0m", "").endswith('status=409 why="no seat"')
    plain = "".join(part.split("m", 1)[-1] for part in for_people(line, 14, "c-1").split("\x1b["))
    assert plain == '2026-03-02 09:00:00.250 training-web   warning  http.answered status=409 why="no seat"'


def test_a_trace_stands_below_its_line_and_orders_to_the_terminal_are_taken_out() -> None:
    line = read(written("broke", exception="Traceback\nKeyError: \x1b[2J"))[0]
    assert for_people(line, 1).splitlines()[1:] == ["    Traceback", "    KeyError: �[2J"]
    assert "\x07" not in for_people(read(b"ding\x07\n")[0], 1)


def test_programs_read_json_as_it_was_written() -> None:
    raw = written("a", correlation="c-1")
    assert for_programs(read(raw)[0]).encode() + b"\n" == raw
    assert json.loads(for_programs(read(b"2026-03-02T09:00:00Z plain")[0])) == {
        "process": "training-web",
        "timestamp": NINE.isoformat(),
        "level": "info",
        "message": "2026-03-02T09:00:00Z plain",
    }
