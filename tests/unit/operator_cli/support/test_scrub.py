import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_cli.support.people import People
from operator_cli.support.scrub import Scrubber
from tests.unit.operator_cli.support.planted import ACTORS, PASSWORD, SECRETS, betrayals, everything


def known() -> People:
    people = People()
    for actor in ACTORS:
        names = actor["names"]
        assert isinstance(names, dict)
        people.add(names.values(), str(actor["phone"]), str(actor["mail"]))
    return people


SCRUBBER = Scrubber(SECRETS, known(), {"/home/operator": "~"})


@pytest.mark.parametrize("line", list(everything()))
def test_nothing_that_was_planted_is_left(line: str) -> None:
    assert betrayals(SCRUBBER.text(line)) == []


def test_the_look_for_what_was_planted_finds_it_while_it_is_there() -> None:
    assert [line for line in everything() if not betrayals(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        '{"event": "consumer.key_waits", "awaits": "/nassij/registry|pack/fes-meknes@1", "sequence": 3}',
        "2026-11-23T12:42:43.508655Z registry-background-0 partition 3 offset 267, 0.165 s",
        "01a2086e-9420-7525-9087-1031b8cc334e region/03 03.591 nassij.registry.personal",
        'nassij_http_request_duration_seconds_bucket{le="0.0025",route="/v1/regions/<code>"} 1.0',
        "Task <kafka.net.selector.Task object at 0x7f9ea7f29190> ran for 0.165s (>0.100s threshold)",
        "http://127.0.0.1:26010/readyz answered 503; 3217490010 bytes, sha256 4355a46b19d348dc2f57c046f8ef63d4538ebb93",
        "Starting gunicorn 27.0.1 with certification-background and notifications-background",
        "duration 00:00:12.345678901 at +01:00",
    ],
)
def test_what_is_innocent_stays_as_it_is(line: str) -> None:
    assert SCRUBBER.text(line) == line


def test_what_is_called_a_secret_is_left_out_whatever_it_looks_like() -> None:
    found = SCRUBBER.value(
        {"smtp_password": "letmein", "key_secret": "given", "nested": [{"Authorization": "x y"}], "retries": 3}
    )
    assert found == {"smtp_password": "<secret>", "key_secret": "given", "nested": [{"Authorization": "<secret>"}], "retries": 3}


def test_keys_of_json_are_scrubbed_too() -> None:
    assert betrayals(str(SCRUBBER.value({"amina.idrissi@example.ma": {"Amina": 1}}))) == []


def test_whose_machine_it_is_is_not_told() -> None:
    assert SCRUBBER.text("/home/operator/nassij/.nassij/logs") == "~/nassij/.nassij/logs"


def test_short_words_of_a_name_are_innocent_alone() -> None:
    assert SCRUBBER.text("el 5 and al") == "el 5 and al"
    assert betrayals(SCRUBBER.text("el idrissi")) == []


@given(before=st.binary(max_size=20), after=st.binary(max_size=20))
def test_a_secret_is_found_within_whatever_was_encoded_with_it(before: bytes, after: bytes) -> None:
    text = (
        before.decode("latin-1").encode("ascii", "ignore") + PASSWORD.encode() + after.decode("latin-1").encode("ascii", "ignore")
    )
    printable = bytes(byte for byte in text if 32 <= byte < 127)
    assert betrayals(SCRUBBER.text(f"x {base64.b64encode(printable).decode()} y")) == []


@given(st.text(max_size=300))
def test_scrubbing_again_changes_nothing_more_and_never_fails(text: str) -> None:
    once = SCRUBBER.text(text)
    assert SCRUBBER.text(once) == once
