from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from chassis.http import create_app
from chassis.metrics import exposition
from chassis.settings import Settings
from chassis.testing.clock import FrozenClock
from chassis.testing.tokens import TestIssuer
from services.training.service import service
from tests.integration.training.given import COMMUNE, certify, hear, join, register

pytestmark = pytest.mark.usefixtures("service_store")

HALF_DAYS = [{"date": f"2026-03-{day}", "part": part} for day in (16, 17) for part in ("am", "pm")]
SESSION = {"module": "OD-01", "trainer": "trainer", "commune": COMMUNE, "half_days": HALF_DAYS, "capacity": 1}
Call = Callable[..., Any]


@pytest.fixture
def call(tmp_path: Path) -> Iterator[Call]:
    issuer = TestIssuer(tmp_path)
    settings = Settings(service="training", store_uri="mongodb://unused/unused")
    with create_app(service, settings, verifier=issuer.verifier()).test_client() as client, FrozenClock() as now:
        yield _caller(client, issuer, now)


def _caller(client: FlaskClient, issuer: TestIssuer, now: FrozenClock) -> Call:
    def send(address: str, body: Any = None, *, role: str = "regional", key: str | None = None, **claims: Any) -> Any:
        given = {} if body is None else {"json": body}
        headers = issuer.header(role, **({"regions": ["03"]} | claims)) | ({"Idempotency-Key": key} if key else {})
        return client.open(address, method="GET" if body is None else "POST", headers=headers, **given)

    send.now = now  # type: ignore[attr-defined]
    return send


def planned(call: Call) -> str:
    join()
    certify("trainer")
    answer = call("/v1/sessions", SESSION)
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


def test_a_session_is_planned_filled_and_read(call: Call) -> None:
    register("amina", "said")
    address = f"/v1/sessions/{planned(call)}"
    seated = call(f"{address}/enrolments", {"person": "amina"})
    assert (seated.status_code, seated.json["state"], seated.json["why"]) == (201, "seated", "seat-free")
    assert seated.headers["Nassij-Event"] == f"session/{address.rpartition('/')[2]}@2"
    waiting = call(f"{address}/enrolments", {"person": "said", "priority": 1}).json
    assert (waiting["state"], waiting["position"], waiting["why"]) == ("waiting", 1, "full")

    withdrawn = call(f"{address}/enrolments/{seated.json['id']}/withdraw", {}).json
    assert withdrawn["decision"]["offered_to"] == waiting["id"]
    accepted = call(f"{address}/enrolments/{waiting['id']}/accept", {})
    assert (accepted.status_code, accepted.json["state"]) == (200, "seated")
    refused = call(f"{address}/enrolments/{waiting['id']}/decline", {})
    assert (refused.status_code, refused.json["type"]) == (409, "urn:nassij:problem:no-offer")

    [listed] = call("/v1/sessions?region=03&state=planned").json["items"]
    assert listed["seats"] == {"capacity": 1, "per_association": 2, "taken": 1, "offered": 0, "free": 0, "waiting": 0}
    detail = call(address).json
    assert [entry["state"] for entry in detail["enrolments"]] == ["withdrawn", "seated"]
    assert detail["register"]["half_days"] == HALF_DAYS
    figures = exposition()[0].decode()
    assert 'nassij_sessions{region="03",state="planned"} 1.0' in figures
    assert 'nassij_session_enrolments{region="03",state="seated"} 1.0' in figures


def test_the_same_request_again_enrols_once(call: Call) -> None:
    register("amina")
    address = f"/v1/sessions/{planned(call)}/enrolments"
    first, again = (call(address, {"person": "amina"}, key="k-1") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert call(address, {"person": "amina"}, key="k-2").json["type"] == "urn:nassij:problem:already-enrolled"


def test_sheets_completions_and_their_list(call: Call) -> None:
    register("amina")
    address = f"/v1/sessions/{planned(call)}"
    call(f"{address}/enrolments", {"person": "amina"})
    call.now.advance(days=30)  # type: ignore[attr-defined]
    for number in range(1, 5):
        assert call(f"{address}/attendance", {"half_day": number, "present": ["amina"]}).status_code == 200
    assert call(f"{address}/close", {}).json["state"] == "closed"
    [completion] = call("/v1/completions?region=03&kind=session").json["items"]
    assert (completion["person"], completion["attendance"], completion["on"]) == ("amina", 1.0, "2026-03-17")


def test_catalogue_needs_plan_and_cohort(call: Call) -> None:
    join()
    register("amina")
    catalogue = call("/v1/catalogue?region=03").json
    assert (len(catalogue["modules"]), len(catalogue["families"]), catalogue["opened_on"]) == (16, 2, "2026-02-01")
    needs = [{"module": "OD-01", "dimension": "governance", "score": 20}]
    hear("registry", "diagnostic/1", "completed", {"association": "a", "region": "03", "province": "03.591", "needs": needs})
    assert call("/v1/needs?region=03").json["items"] == [{"province": "03.591", "module": "OD-01", "associations": 1}]
    assert call("/v1/plans", {"province": "03.591"}).headers["Nassij-Event"] == "plan/03.591@1"
    assert call("/v1/plans?region=03").json["items"][0]["modules"] == [{"module": "OD-01", "associations": 1}]

    days = [{"date": f"2026-03-{day}", "part": part} for day in range(16, 21) for part in ("am", "pm")]
    cohort = call("/v1/cohorts", {"region": "03", "course": "TOT-01", "half_days": days}).json
    assert (cohort["seats"], cohort["state"]) == (24, "open")
    call(f"/v1/cohorts/{cohort['id']}/candidates", {"persons": ["amina"]})
    selected = call(f"/v1/cohorts/{cohort['id']}/select", {"persons": ["amina"]}).json
    assert selected["selected"] == [{"person": "amina", "association": "association-of-amina"}]
    assert call("/v1/cohorts?region=03").json["items"][0]["selected"] == 1


def test_another_region_sees_and_changes_nothing(call: Call) -> None:
    register("amina")
    address = f"/v1/sessions/{planned(call)}"
    elsewhere = {"regions": ["07"]}
    assert call(address, **elsewhere).status_code == 404
    assert call("/v1/sessions", **elsewhere).json["items"] == []
    assert call(f"{address}/enrolments", {"person": "amina"}, **elsewhere).status_code == 404
    assert call("/v1/sessions", SESSION, **elsewhere).status_code == 404
    assert call(address).json["seats"]["taken"] == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"commune": {"$ne": None}}, "commune"),
        ({"capacity": 1.5}, "capacity"),
        ({"half_days": [{"date": "2026-03-16", "part": "night"}]}, "half_days.0.part"),
        ({"colour": "red"}, "colour"),
        ({"commune": "03.591.99.99"}, "commune"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(call: Call, change: dict[str, Any], field: str) -> None:
    answer = call("/v1/sessions", SESSION | change)
    assert (answer.status_code, answer.json["fields"][0]["field"]) == (422, field)
