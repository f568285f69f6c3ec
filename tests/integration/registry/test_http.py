from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from chassis.http import create_app
from chassis.settings import Settings
from chassis.testing.tokens import TestIssuer
from services.registry.packs.example import EXAMPLE
from services.registry.service import service

pytestmark = pytest.mark.usefixtures("service_store")

CONVENTION = {
    "title": {"fr": "Convention de partenariat", "ar": "اتفاقية شراكة"},
    "parties": ["Agence de développement social", "Conseil régional"],
    "regions": ["03"],
    "starts": "2020-01-01",
    "ends": "2090-12-31",
}
PACK = {"name": "fes-meknes", "version": "1.0"}
Call = Callable[..., Any]


@pytest.fixture
def issuer(tmp_path: Path) -> TestIssuer:
    return TestIssuer(tmp_path)


@pytest.fixture
def client(issuer: TestIssuer) -> Iterator[FlaskClient]:
    settings = Settings(service="registry", store_uri="mongodb://unused/unused")
    with create_app(service, settings, verifier=issuer.verifier()).test_client() as client:
        yield client


@pytest.fixture
def call(client: FlaskClient, issuer: TestIssuer) -> Call:
    def send(method: str, address: str, body: Any = None, *, role: str = "national", **claims: Any) -> Any:
        given = {} if body is None else {"json": body}
        return client.open(address, method=method, headers=issuer.header(role, **claims), **given)

    return send


def test_a_region_joins_over_http(call: Call) -> None:
    assert call("PUT", "/v1/territory").json["new"] == 1590
    assert call("POST", "/v1/packs", EXAMPLE).status_code == 201
    drafted = call("POST", "/v1/conventions", CONVENTION)
    assert drafted.status_code == 201
    signed = call("POST", f"/v1/conventions/{drafted.json['id']}/sign", {})
    assert signed.json["state"] == "signed"
    joined = call("POST", "/v1/regions/03/join", {"pack": PACK})
    assert (joined.status_code, joined.json["state"], joined.json["pack"]) == (200, "preparing", PACK)
    assert joined.headers["Nassij-Event"] == "region/03@2"
    readiness = call("GET", "/v1/regions/03/readiness").json
    assert [gate["holds"] for gate in readiness["gates"]] == [True, False, False, False]
    refused = call("POST", "/v1/regions/03/open")
    assert (refused.status_code, refused.json["type"]) == (409, "urn:nassij:problem:gates-do-not-hold")


def test_reference_data_is_paged_and_not_scoped(call: Call) -> None:
    call("PUT", "/v1/territory")
    regions = call("GET", "/v1/regions", role="regional", regions=["07"]).json
    assert (len(regions["items"]), regions["next"]) == (12, None)
    first = call("GET", "/v1/communes?region=03&limit=150").json
    second = call("GET", f"/v1/communes?region=03&limit=150&after={first['next']}").json
    codes = [commune["code"] for commune in (*first["items"], *second["items"])]
    assert codes == sorted(set(codes))
    assert second["next"] is None


def test_a_regional_operator_sees_the_details_of_that_region_alone(call: Call) -> None:
    call("PUT", "/v1/territory")
    assert call("GET", "/v1/regions/07", role="regional", regions=["07"]).status_code == 200
    assert call("GET", "/v1/regions/03", role="regional", regions=["07"]).status_code == 404
    outside = call("POST", "/v1/conventions", CONVENTION, role="regional", regions=["07"])
    assert (outside.status_code, outside.json["type"]) == (403, "urn:nassij:problem:outside-your-territory")
    assert call("PUT", "/v1/territory", role="regional", regions=["07"]).status_code == 403


def test_a_pack_is_published_once_and_read_back(call: Call) -> None:
    assert call("POST", "/v1/packs", EXAMPLE).json["id"] == "fes-meknes@1.0"
    assert call("POST", "/v1/packs", EXAMPLE).status_code == 201
    changed = deepcopy(EXAMPLE)
    changed["year"] = 2024
    refused = call("POST", "/v1/packs", changed)
    assert (refused.status_code, refused.json["type"]) == (409, "urn:nassij:problem:pack-version-taken")
    assert call("GET", "/v1/packs/fes-meknes@1.0").json["document"] == EXAMPLE
    assert [pack["version"] for pack in call("GET", "/v1/packs").json["items"]] == ["1.0"]


def test_a_pack_with_faults_is_refused_with_their_places(call: Call) -> None:
    faulty = deepcopy(EXAMPLE)
    faulty["modules"][0]["half_days"] = {"$ne": 1}
    refused = call("POST", "/v1/packs", faulty)
    assert refused.status_code == 422
    assert refused.json["fields"][0]["field"] == "modules[0].half_days"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"regions": ["99"]}, "regions.0"),
        ({"parties": ["one"]}, "parties"),
        ({"colour": 1}, "colour"),
        ({"ends": {"$gt": ""}}, "ends"),
    ],
)
def test_a_convention_with_faults_is_refused(call: Call, changed: dict[str, Any], field: str) -> None:
    refused = call("POST", "/v1/conventions", CONVENTION | changed)
    assert refused.status_code == 422
    assert [fault["field"] for fault in refused.json["fields"]] == [field]
