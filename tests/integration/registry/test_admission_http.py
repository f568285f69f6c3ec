import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from chassis.deadlines import Timekeeper
from chassis.testing.tokens import TestIssuer
from operator_cli.demo.data.dataset import generate
from services.registry.service import service
from tests.integration.registry.given import acting, joined_region
from tests.unit.registry.diagnostics.test_model import QUESTIONS
from tests.unit.registry.samples import content
from vocabulary.association_sheet import COLUMNS

pytestmark = pytest.mark.usefixtures("service_store")
Call = Callable[..., Any]
BODY = {
    "names": {"fr": "Association Al Amal pour le développement rural", "ar": "جمعية الأمل للتنمية القروية"},
    "commune": "03.591.01.03",
    "receipt": {"number": "12/2019", "date": "2019-05-31", "authority": "Caïdat"},
    "phone": "0600012345",
    "fields": ["rural"],
    "officers": [{"office": "president", "names": {"fr": "Khadija El Idrissi"}, "phone": "0600012346", "language": "ar"}],
}


def test_an_association_is_registered_and_the_next_like_it_is_held_and_decided(call: Call) -> None:
    made = call("POST", "/v1/associations", BODY)
    assert (made.status_code, made.json["region"], made.json["phone"]) == (201, "03", "+212600012345")
    assert made.headers["Nassij-Event"] == f"association/{made.json['id']}@1"
    held = call("POST", "/v1/associations", BODY | {"names": {"ar": "جمعية الأمل"}})
    assert (held.status_code, held.json["against"]) == (202, [made.json["id"]])
    assert held.headers["Nassij-Event"].startswith("review/")
    assert [review["id"] for review in call("GET", "/v1/reviews?state=open").json["items"]] == [held.json["id"]]
    address = f"/v1/reviews/{held.json['id']}/decide"
    decided = call("POST", address, {"decision": "duplicate", "of": made.json["id"], "reason": "same bureau"})
    assert (decided.json["state"], decided.json["of"]) == ("decided", made.json["id"])
    assert call("POST", address, {"decision": "distinct", "reason": "on second thoughts"}).status_code == 409
    assert len(call("GET", "/v1/associations?province=03.591&state=declared").json["items"]) == 1


def test_another_region_and_personal_data_stay_out_of_sight(call: Call) -> None:
    made = call("POST", "/v1/associations", BODY).json
    address = f"/v1/associations/{made['id']}"
    assert call("GET", address, role="regional", regions=["07"]).status_code == 404
    assert call("POST", "/v1/associations", BODY, role="regional", regions=["07"]).status_code == 403
    assert call("POST", "/v1/associations", BODY, role="provincial", provinces=["03.231"]).status_code == 403
    assert call("POST", "/v1/associations", BODY, role="provincial", provinces=["03.591"]).status_code == 202
    assert "phone" not in call("GET", address, role="auditor").json
    shown, hidden = (
        call("GET", f"/v1/actors?association={made['id']}", role=role).json["items"] for role in ("national", "auditor")
    )
    assert shown[0]["names"]["fr"] == "Khadija El Idrissi"
    assert (sorted(hidden[0]), hidden[0]["mandates"][0]["office"]) == (["id", "mandates", "province", "region"], "president")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"commune": "03.591.99.77"}, "commune"),
        ({"commune": {"$ne": ""}}, "commune"),
        ({"names": {"fr": " "}}, "names"),
        ({"phone": "12"}, "phone"),
        ({"fields": ["dragons"]}, "fields"),
        ({"receipt": {"number": "1", "date": "2999-01-01", "authority": "x"}}, "receipt.date"),
        ({"colour": 1}, "colour"),
    ],
)
def test_an_association_with_faults_is_refused(call: Call, changed: dict[str, Any], field: str) -> None:
    refused = call("POST", "/v1/associations", BODY | changed)
    assert refused.status_code == 422
    assert [fault["field"] for fault in refused.json["fields"]] == [field]


def test_an_actor_is_registered_in_an_association(call: Call) -> None:
    made = call("POST", "/v1/associations", BODY).json
    body = {"association": made["id"], "names": {"fr": "Ahmed Tazi"}, "mail": "ahmed@example.org", "language": "fr"}
    actor = call("POST", "/v1/actors", body)
    assert (actor.status_code, actor.json["mandates"][0]["office"]) == (201, "member")
    assert call("GET", f"/v1/actors/{actor.json['id']}").json["mail"] == "ahmed@example.org"
    refused = call("POST", "/v1/actors", body | {"mail": "ahmed", "phone": "7"})
    assert [fault["field"] for fault in refused.json["fields"]] == ["phone", "mail"]
    assert call("POST", "/v1/actors", body | {"office": "president"}).json["type"].endswith("office-taken")


def test_a_sheet_is_imported_and_its_errors_come_back(call: Call) -> None:
    data = generate(scale=0.1)
    sent = call("POST", "/v1/imports", form={"region": "03", "file": (io.BytesIO(data.csv), "associations.csv")})
    assert (sent.status_code, sent.json["state"], sent.json["rows"]) == (202, "processing", len(data._cells("csv")))
    address = f"/v1/imports/{sent.json['id']}"
    timekeeper = Timekeeper(service.deadlines)
    while timekeeper.round():
        pass
    done = call("GET", address).json
    bad = [row for row in data.of_kind("bad") if row.file == "csv"]
    assert (done["state"], done["position"], done["rejected"]) == ("completed", done["rows"], len(bad))
    errors = call("GET", f"{address}/errors.csv")
    assert errors.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(errors.data.decode("utf-8-sig"))))
    assert [int(row["line"]) for row in rows] == [row.line for row in bad]
    again = call("POST", "/v1/imports", form={"region": "03", "file": (io.BytesIO(data.csv), "again.csv")})
    assert (again.status_code, again.json["id"]) == (200, sent.json["id"])


def test_a_sheet_that_cannot_be_taken_is_refused(call: Call) -> None:
    def send(content: bytes, region: str = "03", **claims: Any) -> Any:
        return call("POST", "/v1/imports", form={"region": region, "file": (io.BytesIO(content), "a.csv")}, **claims)

    assert send(b"colour\n1").json["type"].endswith("headings-missing")
    assert send(b"x", region="99").json["type"].endswith("region-unknown")
    good = (",".join(COLUMNS) + "\nR1").encode()
    assert send(good, role="regional", regions=["07"]).status_code == 403
    assert send(good, role="provincial", provinces=["03.591"]).status_code == 403
    assert call("POST", "/v1/imports", form={"region": "03"}).status_code == 422


def test_a_sheet_above_20_megabytes_is_refused(client: FlaskClient, issuer: TestIssuer) -> None:
    body, kind = b"x" * (20 * 2**20 + 1), "multipart/form-data; boundary=x"
    assert client.post("/v1/imports", data=body, content_type=kind, headers=issuer.header("national")).status_code == 413


def test_an_association_is_diagnosed_once_a_round_by_the_grid_of_its_region(call: Call) -> None:
    made = call("POST", "/v1/associations", BODY).json
    body = {"association": made["id"], "on": "2023-10-04", "answers": dict.fromkeys(QUESTIONS, 0)}
    assert call("POST", "/v1/diagnostics", body).status_code == 404
    with acting():
        joined_region("03", "convention-active")
    partial = call("POST", "/v1/diagnostics", body | {"answers": {}})
    assert (partial.status_code, len(partial.json["fields"])) == (422, len(QUESTIONS))
    done = call("POST", "/v1/diagnostics", body | {"grid": "fes-meknes@1.0"})
    assert (done.status_code, done.json["overall"]) == (201, 0.0)
    assert call("POST", "/v1/diagnostics", body).json["type"].endswith("already-diagnosed")
    assert call("POST", "/v1/diagnostics", body | {"grid": "other@2.0", "round": "follow-up"}).json["type"].endswith("other-grid")
    assert len(call("GET", f"/v1/diagnostics?association={made['id']}").json["items"]) == 1
    modules = {need.module for need in content().grid.needs(dict.fromkeys(done.json["scores"], 0.0))}
    needs = call("GET", "/v1/needs?province=03.591").json["items"]
    assert {need["module"] for need in needs} == modules
    assert {need["associations"] for need in needs} == {1}
    assert call("GET", "/v1/needs?province=03.231").json["items"] == []
    better = body | {"round": "follow-up", "on": "2024-10-04", "answers": dict.fromkeys(QUESTIONS, 4)}
    assert call("POST", "/v1/diagnostics", better).status_code == 201
    assert call("GET", "/v1/needs?region=03").json["items"] == []


def test_the_figures_are_there_for_prometheus(call: Call) -> None:
    call("POST", "/v1/associations", BODY)
    call("POST", "/v1/associations", BODY)
    shown = call("GET", "/metrics").get_data(as_text=True)
    assert 'nassij_associations{region="03",state="declared"} 1.0' in shown
    assert 'nassij_reviews_open{region="03"} 1.0' in shown
    assert 'nassij_actors{region="03"} 1.0' in shown
    assert 'nassij_mandates{office="president",region="03"} 1.0' in shown
