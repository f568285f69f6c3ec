import pytest
from flask import Response, request
from flask.testing import FlaskClient

from chassis.context import current
from chassis.http import Blueprint, for_browsers, public, requires, signing_in
from chassis.testing.tokens import TestIssuer
from tests.unit.chassis.http.conftest import MakeApp


@pytest.fixture
def pages(make_app: MakeApp) -> FlaskClient:
    own = Blueprint("pages", __name__)

    @own.get("/page")
    @for_browsers
    @requires("figures:read")
    def page() -> str:
        return str(current().by)

    @own.post("/page")
    @for_browsers
    @requires("figures:read")
    def change() -> str:
        return "changed"

    @own.get("/api")
    @requires("figures:read")
    def api() -> str:
        return str(current().by)

    @own.post("/in")
    @public
    def sign_in() -> Response:
        answer = Response("in")
        signing_in.keep(answer, request.headers["X-Token"])
        return answer

    return make_app(own).test_client()


def test_a_page_takes_the_token_from_the_cookie(pages: FlaskClient, issuer: TestIssuer) -> None:
    pages.set_cookie(signing_in.COOKIE, issuer.token("national", sub="salma"))
    assert pages.get("/v1/page").text == "salma"
    assert pages.head("/v1/page").status_code == 200


def test_nothing_but_a_page_that_reads_takes_it(pages: FlaskClient, issuer: TestIssuer) -> None:
    pages.set_cookie(signing_in.COOKIE, issuer.token("national"))
    assert pages.get("/v1/api").status_code == 401
    assert pages.post("/v1/page").status_code == 401


def test_a_header_goes_before_the_cookie(pages: FlaskClient, issuer: TestIssuer) -> None:
    pages.set_cookie(signing_in.COOKIE, issuer.token("national", sub="salma"))
    assert pages.get("/v1/page", headers=issuer.header("national", sub="omar")).text == "omar"
    assert pages.get("/v1/page", headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_a_token_that_does_not_hold_is_not_kept(pages: FlaskClient, issuer: TestIssuer) -> None:
    answer = pages.post("/v1/in", headers={"X-Token": issuer.token("national", seconds=-60)})
    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers
