from pathlib import Path

import pytest
from flask.testing import FlaskClient

from chassis.context import current
from chassis.http import create_app, signing_in
from chassis.scope import Scope
from chassis.settings import Settings
from chassis.store.faults import StoreAway
from chassis.testing.tokens import TestIssuer
from services.observatory.console import api
from tests.unit.chassis.http.conftest import Hosted
from tests.unit.observatory.console.samples import Country, country

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "fr-MA,fr;q=0.9"}


class Watched(Country):
    """A country that notes in which scope it is asked, and may be away."""

    scopes: list[Scope | None]
    away = False

    def rollout(self) -> list[dict[str, object]]:
        self.scopes = [*getattr(self, "scopes", []), current().scope]
        if self.away:
            raise StoreAway("nobody there")
        return super().rollout()


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Watched:
    watched = Watched(country().places, country().regions)
    monkeypatch.setattr(api, "source", watched)
    return watched


@pytest.fixture
def issuer(tmp_path: Path) -> TestIssuer:
    return TestIssuer(tmp_path)


def browser(issuer: TestIssuer, public_url: str = "http://127.0.0.1:8105") -> FlaskClient:
    settings = Settings(service="observatory", store_uri="mongodb://u:p@h/d", public_url=public_url)
    return create_app(Hosted("observatory", [api.blueprint]), settings, verifier=issuer.verifier()).test_client()


@pytest.fixture
def client(issuer: TestIssuer, source: Watched) -> FlaskClient:
    return browser(issuer)


def sign_in(client: FlaskClient, token: str) -> int:
    return client.post("/sign-in", data={"token": token, "lang": "fr"}, headers=BROWSER).status_code


def test_whoever_has_no_token_is_shown_the_form(client: FlaskClient) -> None:
    answer = client.get("/", headers=BROWSER)
    assert answer.status_code == 401
    assert 'name="token"' in answer.text
    assert 'role="alert"' not in answer.text


def test_a_pasted_token_opens_the_page_as_long_as_it_holds(client: FlaskClient, issuer: TestIssuer) -> None:
    answer = client.post(
        "/sign-in", data={"token": f"  Bearer {issuer.token('national', seconds=300)}\n", "lang": "ar"}, headers=BROWSER
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "./?lang=ar")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" not in cookie
    assert 290 <= int(cookie.partition("Max-Age=")[2].partition(";")[0]) <= 300
    page = client.get("/?lang=ar", headers=BROWSER)
    assert page.status_code == 200
    assert '<html lang="ar" dir="rtl">' in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_where_the_public_address_is_https_the_cookie_never_travels_bare(issuer: TestIssuer, source: Watched) -> None:
    answer = browser(issuer, "https://observatory.example").post("/sign-in", data={"token": issuer.token("national")})
    assert "Secure" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "x" * 5000])
def test_a_bad_token_is_told_in_a_sentence_and_not_kept(client: FlaskClient, token: str) -> None:
    answer = client.post("/sign-in", data={"token": token, "lang": "fr"}, headers=BROWSER)
    assert answer.status_code == 401
    assert "Ce jeton n’est pas accepté" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_token_that_ran_out_is_told_apart(client: FlaskClient, issuer: TestIssuer) -> None:
    client.set_cookie(signing_in.COOKIE, issuer.token("national", seconds=-60))
    answer = client.get("/?lang=ar", headers=BROWSER)
    assert answer.status_code == 401
    assert "انتهت صلاحية هذا الرمز" in answer.text


def test_a_role_that_may_not_read_figures_is_told_so(client: FlaskClient, issuer: TestIssuer) -> None:
    token = issuer.token("partner", partner="ofppt")
    assert sign_in(client, token) == 403
    client.set_cookie(signing_in.COOKIE, token)
    answer = client.get("/", headers=BROWSER)
    assert answer.status_code == 403
    assert "son rôle ne donne pas accès" in answer.text


def test_the_page_is_read_in_the_scope_of_the_token(client: FlaskClient, issuer: TestIssuer, source: Watched) -> None:
    sign_in(client, issuer.token("regional", regions=["03"]))
    answer = client.get("/", headers=BROWSER)
    assert source.scopes == [Scope(frozenset({"03"}))]
    assert "Fès-Meknès" in answer.text


def test_a_province_has_no_targets_of_its_own(client: FlaskClient, issuer: TestIssuer) -> None:
    sign_in(client, issuer.token("provincial", provinces=["03.231"]))
    assert "objectif 700" not in client.get("/", headers=BROWSER).text


def test_signing_out_forgets_the_token(client: FlaskClient, issuer: TestIssuer) -> None:
    sign_in(client, issuer.token("national"))
    answer = client.post("/sign-out", data={"lang": "fr"}, headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, "sign-in?lang=fr")
    assert client.get("/", headers=BROWSER).status_code == 401


def test_another_sites_page_signs_nobody_in_or_out(client: FlaskClient, issuer: TestIssuer) -> None:
    sent = BROWSER | {"Sec-Fetch-Site": "cross-site"}
    for address in ("/sign-in", "/sign-out"):
        answer = client.post(address, data={"token": issuer.token("national")}, headers=sent)
        assert answer.status_code == 403
        assert "vient d’une autre page" in answer.text
        assert "Set-Cookie" not in answer.headers


def test_a_region_that_is_not_there_is_told_in_a_page(client: FlaskClient, issuer: TestIssuer) -> None:
    sign_in(client, issuer.token("national"))
    assert client.get("/?region=03", headers=BROWSER).status_code == 200
    answer = client.get("/?region=77", headers=BROWSER)
    assert answer.status_code == 404
    assert "choisissez-en une dans le tableau" in answer.text


def test_a_store_that_is_away_is_told_in_a_page_that_tries_again(
    client: FlaskClient, issuer: TestIssuer, source: Watched
) -> None:
    sign_in(client, issuer.token("national"))
    source.away = True
    answer = client.get("/", headers=BROWSER)
    assert answer.status_code == 503
    assert 'http-equiv="refresh"' in answer.text


def test_a_program_gets_the_problem_itself(client: FlaskClient) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")


def test_pages_let_in_only_their_own_stylesheet(client: FlaskClient) -> None:
    for address in ("/", "/sign-in"):
        policy = client.get(address, headers=BROWSER).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'")
        assert "script" not in policy
    style = client.get("/console.css")
    assert (style.status_code, style.mimetype) == (200, "text/css")
    assert client.get("/console.css", headers={"If-None-Match": style.headers["ETag"]}).status_code == 304
