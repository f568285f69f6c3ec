from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.otlp import Collector, collecting
from tests.unit.chassis.http.conftest import Seen, blueprint, client, issuer, make_app, seen, settings, staff

__all__ = ["blueprint", "client", "issuer", "make_app", "seen", "settings", "staff"]
CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
GOOD = {"title": {"fr": "Gouvernance"}, "seats": 20}


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as found:
        yield found


def test_a_request_is_a_span_of_the_callers_trace_and_what_it_does_is_done_in_it(
    collector: Collector, client: FlaskClient, staff: dict[str, str], seen: Seen
) -> None:
    client.post("/v1/sessions?", json=GOOD, headers=staff | {"traceparent": CALLER})
    collector.flush()
    span = collector.named("POST /v1/sessions")
    assert (span.kind, span.parent, span.trace) == ("server", "b7ad6b7169203331", "0af7651916cd43dd8448eb211c80319c")
    assert span.attributes == {
        "http.request.method": "POST",
        "http.route": "/v1/sessions",
        "http.response.status_code": 201,
    }
    assert seen.contexts[0].traceparent == span.traceparent


def test_the_route_is_told_and_never_what_was_asked(collector: Collector, client: FlaskClient, staff: dict[str, str]) -> None:
    client.get("/v1/sessions/amina", headers=staff)
    client.get("/nothing/amina")
    collector.flush()
    assert [span.name for span in collector.spans] == ["GET /v1/sessions/<identifier>", "GET (none)"]
    assert "amina" not in str(collector.spans)


def test_a_refusal_is_no_failure_and_an_error_of_ours_is(collector: Collector, client: FlaskClient) -> None:
    client.get("/v1/sessions")
    client.get("/v1/broken")
    collector.flush()
    assert not collector.named("GET /v1/sessions").failed
    broken = collector.named("GET /v1/broken")
    assert broken.failed
    assert broken.attributes["error.type"] == "500"


def test_health_and_metrics_are_not_followed(collector: Collector, client: FlaskClient) -> None:
    for address in ("/livez", "/readyz", "/metrics"):
        client.get(address)
    collector.flush()
    assert collector.spans == []
