"""What is read from the log, whatever lies there."""

from datetime import UTC, datetime, timedelta

import bson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.events import LARGEST_SEQUENCE, Received, read

PLACE = "nassij.registry/3/17"
GOOD = {
    "id": "e-1",
    "type": "ma.nassij.registry.actor.registered.v1",
    "source": "/nassij/registry",
    "sequence": "7",
    "time": "2026-03-02T10:00:00+01:00",
    "region": "03",
}


def received(key: bytes | None = b"actor/a", value: bytes | None = b"{}", **changes: str | bytes | None) -> Received:
    headers = {f"ce_{name}": raw for name, raw in (GOOD | changes).items() if raw is not None}
    encoded = [(name, raw if isinstance(raw, bytes) else raw.encode()) for name, raw in headers.items()]
    return read("nassij.registry", PLACE, key, encoded, value)


def test_an_event_stands_in_its_stream() -> None:
    event = received()
    assert (event.source, event.key, event.sequence, event.fault) == ("/nassij/registry", "actor/a", 7, None)
    assert event.time == datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "changes",
    [
        {"time": "yesterday"},
        {"time": None},
        {"time": "2026-03-02T10:00:00"},
        {"time": "0001-01-01T00:00:00+14:00"},
        {"time": "9999-12-31T23:59:59-12:00"},
        {"type": "x" * 501},
        {"id": b"\xff"},
        {"by": "a\x00b"},
    ],
)
def test_a_malformed_event_whose_place_is_known_stands_in_its_stream(changes: dict[str, str]) -> None:
    event = received(**changes)
    assert (event.source, event.key, event.sequence) == ("/nassij/registry", "actor/a", 7)
    assert event.fault


@pytest.mark.parametrize(
    "changes",
    [{"sequence": text} for text in ("0", "-1", "many", "1.5", "\u0661", str(LARGEST_SEQUENCE + 1), "9" * 5_000, "")]
    + [{"source": None}, {"source": "x" * 501}, {"key": None}, {"key": b""}, {"key": b"actor/\xff"}, {"key": b"k" * 501}],
)
def test_an_event_whose_place_is_not_known_stands_alone(changes: dict[str, str]) -> None:
    event = received(**changes)
    assert (event.source, event.key, event.sequence) == ("unreadable", PLACE, 1)
    assert event.fault


headers = st.dictionaries(st.sampled_from([f"ce_{name}" for name in (*GOOD, "by", "cell")]), st.binary(max_size=600) | st.none())


@given(st.binary(max_size=600) | st.none(), headers, st.binary(max_size=10) | st.none())
def test_whatever_lies_in_the_log_can_be_kept(key: bytes | None, drawn: dict[str, bytes | None], value: bytes | None) -> None:
    encoded = {f"ce_{name}": text.encode() for name, text in GOOD.items()} | drawn
    event = read("nassij.registry", PLACE, key, list(encoded.items()), value)
    kept = {name: getattr(event, name) for name in ("id", "type", "source", "key", "sequence", "time", "region", "by", "value")}
    assert bson.decode(bson.encode(kept))["sequence"] == event.sequence
    assert event.time - timedelta(days=1) < event.time
    assert all(len(text) <= 500 for text in (event.id, event.type, event.source, event.key))
