import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from pymongo.errors import AutoReconnect
from structlog.testing import capture_logs

from chassis.http.answers import of_unexpected
from chassis.testing.tokens import TestIssuer
from tests.unit.chassis.http.conftest import Seen

GOOD = {"title": {"fr": "Gouvernance"}, "seats": 20}
URL = "/v1/sessions"


def refused(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    problem: dict[str, Any] = answer.json
    assert problem["status"] == status
    assert problem["detail"].endswith(".")
    assert problem["type"].startswith("urn:nassij:problem:")
    return problem


@pytest.fixture
def post(client: FlaskClient, staff: dict[str, str]) -> Any:
    def send(data: Any, content_type: str = "application/json") -> Any:
        return client.post(URL, data=data, content_type=content_type, headers=staff)

    return send


def test_a_body_that_is_not_right_is_refused_with_all_its_faults(client: FlaskClient, staff: dict[str, str], seen: Seen) -> None:
    body = {"title": {"fr": "x", "en": "y"}, "seats": {"$gt": 0}, "tags": ["a", 7], "owner": "me"}
    problem = refused(client.post(URL, json=body, headers=staff), 422)
    assert {fault["field"] for fault in problem["fields"]} == {"title.en", "seats", "tags.1", "owner"}
    assert {fault["in"] for fault in problem["fields"]} == {"body"}
    assert "title.en" in problem["detail"]
    assert seen.bodies == []


@pytest.mark.parametrize("body", [b"[]", b"7", b"null", b'"text"', b"{}", b""])
def test_a_body_that_is_no_object_or_an_empty_one_is_refused(post: Any, body: bytes) -> None:
    assert refused(post(body), 422)["fields"]


@pytest.mark.parametrize("body", [b"{", b'{"seats": NaN}', b"\xff\xfe", b"[" * 1900, b'{"seats": ' + b"9" * 1900 * 3])
def test_malformed_json_is_refused(post: Any, body: bytes) -> None:
    refused(post(body[:2000]), 400)


def test_malformed_json_is_told_where(post: Any) -> None:
    assert "line 1, column 12" in refused(post(b'{"seats": 1, }'[:11] + b"!"), 400)["detail"]


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", ""])
def test_a_body_of_another_kind_is_refused(post: Any, kind: str) -> None:
    refused(post(b'{"seats": 1}', kind), 415)


def test_a_body_too_large_is_refused_before_it_is_read(post: Any, seen: Seen) -> None:
    assert refused(post(b"x" * 2049), 413)["limit"] == 2048
    assert seen.bodies == []


def test_a_body_too_large_that_hides_its_length_is_refused_too(client: FlaskClient, staff: dict[str, str]) -> None:
    answer = client.post(
        URL,
        input_stream=io.BytesIO(b"x" * 5000),
        headers=staff | {"Transfer-Encoding": "chunked", "Content-Type": "application/json"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    refused(answer, 413)


def test_what_is_refused_unread_is_read_away_so_that_the_answer_arrives(client: FlaskClient) -> None:
    body = io.BytesIO(b"x" * 1000)
    answer = client.post(URL, input_stream=body, headers={"Content-Length": "1000"})
    refused(answer, 401)
    assert body.tell() == 1000


@pytest.mark.parametrize("body", [b'{"unknown": 1}', b"[]", b"x"])
def test_a_body_that_nobody_reads_is_refused(client: FlaskClient, staff: dict[str, str], body: bytes) -> None:
    assert "no body" in refused(client.post(f"{URL}/s-1/close", data=body, headers=staff), 422)["detail"]


@pytest.mark.parametrize("body", [b"", b"{}", b" {}\n"])
def test_a_body_that_says_nothing_is_taken_anywhere(client: FlaskClient, staff: dict[str, str], body: bytes) -> None:
    refused(client.post(f"{URL}/s-1/close", data=body, headers=staff), 409)


def test_files_to_import_may_be_larger(client: FlaskClient, staff: dict[str, str]) -> None:
    assert client.post("/v1/imports", data=b"x" * 4000, headers=staff).json == {"bytes": 4000}
    refused(client.post("/v1/imports", data=b"x" * 4097, headers=staff), 413)


@pytest.mark.parametrize(
    "query",
    [
        "state__ne=x",
        "state[$ne]=x",
        "$where=1",
        "state.x=1",
        "unknown=1",
        "limit=0",
        "limit=201",
        "limit=all",
        "after=$gt",
        "limit=1&x=2",
    ],
)
def test_a_query_with_operators_or_unknown_names_is_refused(
    client: FlaskClient, staff: dict[str, str], seen: Seen, query: str
) -> None:
    problem = refused(client.get(f"{URL}?{query}", headers=staff), 422)
    assert problem["fields"][0]["in"] == "query string"
    assert seen.bodies == []


def test_an_address_that_takes_no_parameters_says_so(client: FlaskClient, staff: dict[str, str]) -> None:
    assert "no parameters" in refused(client.get(f"{URL}/s-1?state=open", headers=staff), 422)["detail"]


def test_a_plain_query_is_read(client: FlaskClient, staff: dict[str, str]) -> None:
    assert client.get(f"{URL}?state=open&limit=5", headers=staff).json == {"state": "open", "limit": 5, "after": None}


def test_a_broken_rule_is_told(client: FlaskClient, staff: dict[str, str]) -> None:
    problem = refused(client.post(f"{URL}/s-1/close", headers=staff), 409)
    assert (problem["type"], problem["session"]) == ("urn:nassij:problem:session-already-closed", "s-1")


def test_an_unknown_address_and_an_unknown_method_are_problems(client: FlaskClient) -> None:
    refused(client.get("/v1/nothing"), 404)
    answer = client.delete(URL)
    refused(answer, 405)
    assert "POST" in answer.headers["Allow"]


def test_what_nobody_foresaw_is_told_by_an_id_that_is_in_the_log(client: FlaskClient) -> None:
    with capture_logs() as lines:
        problem = refused(client.get("/v1/broken"), 500)
    assert "nobody may see" not in str(problem)
    line = next(line for line in lines if line["event"] == "http.unexpected_error")
    assert line["error_id"] == problem["error_id"]
    assert problem["error_id"] in problem["detail"]
    assert isinstance(line["exc_info"], RuntimeError)


def test_a_store_that_is_away_is_told_with_when_to_try_again() -> None:
    answer = of_unexpected(AutoReconnect("the secret address of the store"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "secret" not in answer.get_data(as_text=True)


def test_every_answer_carries_the_security_headers(client: FlaskClient, issuer: TestIssuer) -> None:
    for path in ("/v1/public", "/v1/nothing", "/v1/broken", "/livez"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Correlation-Id"]
