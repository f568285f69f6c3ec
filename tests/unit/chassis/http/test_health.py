import re
import threading

from flask.testing import FlaskClient

from chassis.http import Blueprint
from chassis.http.health import Readiness
from tests.unit.chassis.http.conftest import MakeApp


def broken() -> None:
    raise ConnectionError("mongodb://user:word@host is away")


def test_a_process_that_answers_lives(client: FlaskClient) -> None:
    assert client.get("/livez").json == {"status": "alive"}


def test_a_service_whose_checks_hold_is_ready(make_app: MakeApp) -> None:
    answer = make_app(checks={"store": lambda: None}).test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ready", "checks": {"store": "ok"}})


def test_a_check_that_fails_is_named_without_what_it_said(make_app: MakeApp) -> None:
    answer = make_app(checks={"store": broken, "pack": lambda: True}).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"status": "not ready", "checks": {"store": "ConnectionError", "pack": "ok"}}


def test_a_check_that_hangs_is_not_waited_for_nor_asked_twice() -> None:
    done, asked = threading.Event(), []

    def hanging() -> None:
        asked.append(1)
        done.wait(10)

    readiness = Readiness({"store": hanging}, bound=0.02)
    try:
        assert readiness.ask() == (False, {"store": "no answer within 0.02 s"})
        assert readiness.ask()[0] is False
        assert len(asked) == 1
    finally:
        done.set()


def test_requests_are_measured_by_their_route_and_never_by_their_path(client: FlaskClient, staff: dict[str, str]) -> None:
    client.get("/v1/sessions/s-17", headers=staff)
    client.get("/v1/no/such/address")
    client.open("/v1/public", method="BREW")
    text = client.get("/metrics").text
    assert 'nassij_http_request_duration_seconds_count{method="GET",route="/v1/sessions/<identifier>",status="200"}' in text
    assert 'route="(none)",status="404"' in text
    assert "s-17" not in text
    assert "BREW" not in text
    assert re.search(r'nassij_build_info\{service="training",version="[^"]+"\} 1.0', text)


def test_the_document_names_each_views_permission_and_the_form_of_refusals(client: FlaskClient) -> None:
    document = client.get("/openapi.json").json
    assert document is not None
    assert document["openapi"] == "3.1.0"
    assert document["info"]["title"] == "Nassij training"
    assert document["info"]["description"] == "Sessions and who comes to them"
    assert document["security"] == [{"bearer": []}]
    planned = document["paths"]["/v1/sessions"]["post"]
    assert planned["x-permission"] == "session:write"
    assert planned["summary"] == "A session is planned."
    assert document["paths"]["/v1/public"]["get"]["security"] == []
    assert list(document["components"]["responses"]["DEFAULT_ERROR"]["content"]) == ["application/problem+json"]
    assert "/v1/sessions/{identifier}" in document["paths"]


def test_two_services_may_have_their_applications_in_one_process(make_app: MakeApp, blueprint: Blueprint) -> None:
    assert (
        make_app(blueprint).test_client().get("/openapi.json").json == make_app(blueprint).test_client().get("/openapi.json").json
    )
