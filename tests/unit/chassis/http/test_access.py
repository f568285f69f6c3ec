import pytest
from flask.testing import FlaskClient

from chassis.http import Blueprint, requires
from chassis.scope import Scope
from chassis.testing.tokens import TestIssuer
from tests.unit.chassis.http.conftest import MakeApp, Seen

GOOD = {"title": {"fr": "Gouvernance"}, "seats": 20}


def test_a_view_that_says_nothing_about_access_stops_the_start(make_app: MakeApp) -> None:
    silent = Blueprint("silent", __name__)

    @silent.get("/silent")
    def view() -> str:
        return "open to the world"

    with pytest.raises(TypeError, match=r"silent\.view says neither"):
        make_app(silent)


def test_a_permission_that_does_not_exist_stops_the_import() -> None:
    with pytest.raises(ValueError, match="session:wirte"):
        requires("session:wirte")


def test_without_a_token_nobody_gets_in(client: FlaskClient, seen: Seen) -> None:
    answer = client.post("/v1/sessions", json=GOOD)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert answer.json["type"] == "urn:nassij:problem:token-missing"
    assert seen.bodies == []


def test_a_role_without_the_permission_is_told_which_one_it_takes(client: FlaskClient, issuer: TestIssuer, seen: Seen) -> None:
    answer = client.post("/v1/sessions", json=GOOD, headers=issuer.header("auditor"))
    assert answer.status_code == 403
    assert answer.json is not None
    assert answer.json["permission"] == "session:write"
    assert seen.bodies == []


def test_the_body_is_not_looked_at_before_the_token(client: FlaskClient) -> None:
    assert client.post("/v1/sessions", data="{", content_type="application/json").status_code == 401


def test_the_marks_count_wherever_they_stand_among_the_decorators(client: FlaskClient, staff: dict[str, str]) -> None:
    assert client.get("/v1/sessions").status_code == 401
    assert client.get("/v1/sessions", headers=staff).status_code == 200


def test_a_view_works_in_the_scope_of_whoever_asks(client: FlaskClient, staff: dict[str, str], seen: Seen) -> None:
    client.post("/v1/sessions", json=GOOD, headers=staff)
    (context,) = seen.contexts
    assert (context.by, context.role, context.scope) == ("salma", "regional", Scope(frozenset({"03"})))


def test_a_public_view_has_no_scope_at_all(client: FlaskClient, seen: Seen) -> None:
    assert client.get("/v1/public", headers={"Authorization": "Bearer nonsense"}).status_code == 200
    assert seen.contexts[0].scope is None


def test_a_method_that_only_asks_what_is_possible_needs_no_token(client: FlaskClient) -> None:
    assert client.options("/v1/sessions").status_code == 200
