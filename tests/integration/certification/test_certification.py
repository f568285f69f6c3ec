"""From what other services say to certificates that anybody checks, on the real store."""

from datetime import timedelta
from typing import Any

import jwt
from flask.testing import FlaskClient

from chassis.store.connection import store
from chassis.testing.clock import FrozenClock
from chassis.testing.tokens import TestIssuer
from tests.integration.arriving import Arriving, published
from tests.unit.certification.fakes import PACK

AMINA = {"names": {"fr": "Amina Exemple", "ar": "أمينة مثال"}, "mail": "amina@example.org", "phone": None, "language": "ar"}
WHY = {"reason": "Attendance sheet corrected", "source": "Decision 12/2026"}


def region_joins(arriving: Arriving) -> None:
    arriving.arrive("pack/small@1.0", "published", PACK, service="registry", region=None)
    joined = {"pack": {"name": "small", "version": "1.0"}, "convention": "c-1", "on": "2026-03-01"}
    arriving.arrive("region/03", "joined", joined, service="registry")


def person_described(arriving: Arriving) -> None:
    arriving.arrive("person/p-1", "described", AMINA, service="registry")


def completed(arriving: Arriving, kind: str = "session", module: str = "OD-01", key: str = "") -> Any:
    data = {"person": "p-1", "activity": {"kind": kind, "id": "x-1"}, "module": module, "association": "a-1", "attendance": 0.9}
    return arriving.arrive(f"completion/{kind}-x-1-p-1{key}", "recorded", {**data, "on": "2026-03-02"})


def certified(arriving: Arriving) -> str:
    region_joins(arriving)
    person_described(arriving)
    completed(arriving)
    return str(published("certificate.issued")[-1]["number"])


def test_a_region_that_joins_gets_its_issuer_and_says_so(arriving: Arriving, client: FlaskClient) -> None:
    region_joins(arriving)
    [established] = published("issuer.established")
    assert published("preparation.completed")[0]["what"]["issuer"] == "issuer/03"
    assert client.get("/v1/issuers/03/jwks.json").get_json()["keys"] == [established["jwk"]]
    assert client.get("/v1/issuers/07/jwks.json").status_code == 404


def test_whatever_comes_first_waits_for_what_it_needs(arriving: Arriving) -> None:
    completed(arriving)
    joined = {"pack": {"name": "small", "version": "1.0"}, "convention": "c-1", "on": "2026-03-01"}
    arriving.arrive("region/03", "joined", joined, service="registry")
    assert (arriving.waiting(), published("certificate.issued")) == (2, [])
    arriving.arrive("pack/small@1.0", "published", PACK, service="registry", region=None)
    assert arriving.waiting() == 1
    person_described(arriving)
    assert arriving.waiting() == 0
    assert arriving.dead() == []
    assert len(published("certificate.issued")) == 1


def test_there_is_one_certificate_for_each_person_and_activity(arriving: Arriving) -> None:
    certified(arriving)
    event = completed(arriving, key="-said-again")
    arriving.again(event)
    assert len(published("certificate.issued")) == 1


def test_anybody_may_check_a_certificate(arriving: Arriving, client: FlaskClient) -> None:
    number = certified(arriving)
    found = client.get(f"/v1/verify/{number.lower()}").get_json()
    assert (found["status"], found["signature_ok"], found["holder"]["fr"]) == ("valid", True, "Amina Exemple")
    page = client.get(f"/v1/verify/{number}", headers={"Accept": "text/html,application/xhtml+xml"})
    assert page.mimetype == "text/html"
    assert "أمينة مثال" in page.text
    credential = client.get(f"/v1/verify/{number}/credential").text
    key = client.get("/v1/issuers/03/jwks.json").get_json()["keys"][0]
    assert jwt.decode(credential, jwt.PyJWK(key), algorithms=["EdDSA"])["number"] == number


def test_an_unknown_number_is_never_valid(arriving: Arriving, client: FlaskClient) -> None:
    certified(arriving)
    for number in ("NSJ-03-2026-00000000-0", "nonsense", "$ne"):
        answer = client.get(f"/v1/verify/{number}")
        assert (answer.status_code, answer.get_json()["status"]) == (404, "unknown")
        assert answer.get_json()["signature_ok"] is False


def test_what_the_issuer_did_not_sign_is_not_vouched_for(arriving: Arriving, client: FlaskClient) -> None:
    number = certified(arriving)
    store().database.certificates.update_one({"_id": number}, {"$set": {"holder.fr": "Somebody Else"}})
    found = client.get(f"/v1/verify/{number}").get_json()
    assert (found["status"], found["signature_ok"]) == ("unknown", False)


def test_a_revocation_shows_at_once_and_on_the_status_list(arriving: Arriving, client: FlaskClient, tokens: TestIssuer) -> None:
    number = certified(arriving)
    address, regional = f"/v1/certificates/{number}/revoke", tokens.header("regional", regions=["03"])
    assert client.post(address, json={"reason": WHY["reason"]}, headers=regional).status_code == 422
    assert client.post(address, json=WHY, headers=tokens.header("regional", regions=["07"])).status_code == 404
    assert client.post(address, json=WHY, headers=tokens.header("provincial", provinces=["03.591"])).status_code == 403
    assert client.get("/v1/status-list/03").get_json()["revoked"] == []
    answer = client.post(address, json=WHY, headers=regional)
    assert (answer.status_code, answer.headers["Nassij-Event"]) == (200, f"certificate/{number}@2")
    assert client.post(address, json=WHY, headers=regional).status_code == 409
    found = client.get(f"/v1/verify/{number}").get_json()
    assert (found["status"], found["signature_ok"], found["reason"]) == ("revoked", True, WHY["reason"])
    assert client.get("/v1/status-list/03").get_json()["revoked"] == [{"number": number, "revoked_on": "2026-03-02"}]
    assert published("certificate.revoked")[0]["source"] == WHY["source"]


def test_a_trainers_certificate_expires(arriving: Arriving, client: FlaskClient, frozen: FrozenClock) -> None:
    region_joins(arriving)
    person_described(arriving)
    completed(arriving, "cohort", "TOT")
    [issued] = published("certificate.issued")
    assert (issued["kind"], issued["expires_on"]) == ("trainer", "2029-03-02")
    frozen.advance(timedelta(days=3 * 366))
    assert client.get(f"/v1/verify/{issued['number']}").get_json()["status"] == "expired"


def test_staff_list_certificates_of_their_territory_without_names(
    arriving: Arriving, client: FlaskClient, tokens: TestIssuer
) -> None:
    number = certified(arriving)
    here = client.get("/v1/certificates?person=p-1", headers=tokens.header("regional", regions=["03"]))
    assert [item["number"] for item in here.get_json()["items"]] == [number]
    assert "Amina" not in here.text
    assert client.get("/v1/certificates", headers=tokens.header("regional", regions=["07"])).get_json()["items"] == []
    assert client.get("/v1/issuers", headers=tokens.header("auditor")).get_json()["items"][0]["region"] == "03"


def test_an_erased_person_is_forgotten(arriving: Arriving) -> None:
    person_described(arriving)
    assert store().database.people.count_documents({}) == 1
    arriving.arrive("person/p-1", "described", None, service="registry")
    assert store().database.people.count_documents({}) == 0


def test_the_figures_count_by_region_kind_and_status(arriving: Arriving, client: FlaskClient) -> None:
    certified(arriving)
    line = 'nassij_certificates{kind="participation",region="03",status="valid"} 1.0'
    assert line in client.get("/metrics").text
