import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from chassis.context import Context, current
from chassis.testing.tokens import TestIssuer
from tests.unit.chassis.http.conftest import Seen

GOOD = {"title": {"fr": "Gouvernance"}, "seats": 20}
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.fixture
def post(client: FlaskClient, staff: dict[str, str], seen: Seen) -> Any:
    def send(headers: dict[str, str] | None = None, body: Any = None) -> Context:
        answer = client.post("/v1/sessions", json=body or GOOD, headers=staff | (headers or {}))
        assert answer.status_code == 201, answer.text
        return seen.contexts[-1]

    return send


def test_a_caller_may_bring_its_correlation_id(client: FlaskClient, post: Any) -> None:
    assert post({"X-Correlation-Id": "demo-42"}).correlation == "demo-42"
    assert client.get("/v1/public", headers={"X-Correlation-Id": "demo-42"}).headers["X-Correlation-Id"] == "demo-42"


@pytest.mark.parametrize("sent", ["", "a b", "x" * 200, "<script>", "$ne"])
def test_a_correlation_id_that_is_none_is_replaced(post: Any, sent: str) -> None:
    context = post({"X-Correlation-Id": sent})
    assert re.fullmatch(r"[0-9a-f-]{36}", context.correlation)


def test_the_request_is_the_cause_of_what_it_brings_about(post: Any) -> None:
    first, second = post(), post()
    assert first.causation
    assert first.causation != second.causation


def test_a_trace_goes_on_under_a_span_of_our_own(post: Any) -> None:
    context = post({"traceparent": TRACE})
    assert re.fullmatch(r"00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01", context.traceparent)
    assert context.traceparent != TRACE


@pytest.mark.parametrize("sent", ["", "00-" + "0" * 32 + "-00f067aa0ba902b7-01", TRACE.upper(), "ff" + TRACE[2:], TRACE[:-3]])
def test_a_trace_that_does_not_hold_is_begun_anew(post: Any, sent: str) -> None:
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00", post({"traceparent": sent}).traceparent)


def test_an_idempotency_key_goes_with_a_fingerprint_of_what_was_asked_and_by_whom(
    client: FlaskClient, post: Any, issuer: TestIssuer, seen: Seen
) -> None:
    first, again = post({"Idempotency-Key": "k-1"}), post({"Idempotency-Key": "k-1"})
    other = post({"Idempotency-Key": "k-1"}, GOOD | {"seats": 21})
    client.post("/v1/sessions", json=GOOD, headers=issuer.header("national") | {"Idempotency-Key": "k-1"})
    assert first.idempotency_key == "k-1"
    assert first.fingerprint == again.fingerprint
    assert len({first.fingerprint, other.fingerprint, seen.contexts[-1].fingerprint}) == 3


def test_the_same_form_has_the_same_fingerprint_whatever_line_parts_it(
    client: FlaskClient, staff: dict[str, str], seen: Seen
) -> None:
    for _ in range(2):
        assert client.post("/v1/imports", data={"file": (io.BytesIO(b"a;b"), "a.csv")}, headers=staff).status_code == 200
    assert seen.contexts[0].fingerprint == seen.contexts[1].fingerprint


@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 201])
def test_an_idempotency_key_that_cannot_be_kept_is_refused(
    client: FlaskClient, staff: dict[str, str], seen: Seen, key: str
) -> None:
    answer = client.post("/v1/sessions", json=GOOD, headers=staff | {"Idempotency-Key": key})
    assert answer.status_code == 400
    assert seen.bodies == []


def test_if_match_is_the_version_that_is_expected(post: Any) -> None:
    assert post({"If-Match": '"5"'}).expected_version == 5
    assert post({"If-Match": "*"}).expected_version is None
    assert post().expected_version is None


@pytest.mark.parametrize("sent", ['"abc"', '"1", "2"', "nonsense"])
def test_an_etag_that_no_document_can_have_matches_none(client: FlaskClient, staff: dict[str, str], sent: str) -> None:
    assert client.post("/v1/sessions", json=GOOD, headers=staff | {"If-Match": sent}).status_code == 412


def test_what_is_returned_tells_its_version_and_its_last_event(client: FlaskClient, staff: dict[str, str]) -> None:
    answer = client.post("/v1/sessions", json=GOOD, headers=staff)
    assert answer.headers["ETag"] == '"5"'
    assert answer.headers["Nassij-Event"] == "session/s-1@3"
    assert answer.json == {"id": "s-1", "seats": 12}


def test_nothing_is_left_of_the_context_after_the_answer(post: Any) -> None:
    post()
    assert current() == Context()
