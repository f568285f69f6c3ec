"""Whoever is bound to a region or a province sees and changes nothing of another, whatever is asked and however."""

import json
from typing import Any

import httpx
import pytest

from operator_cli.stack.issuer import mint
from tests.e2e.api import Api, Operation, is_problem
from tests.e2e.bodies import UPLOAD, body_for
from tests.e2e.kafka import Kafka
from tests.e2e.programme import PROVINCE, REGION, Programme, sheet
from tests.e2e.test_bad_bodies import nothing_changes

OUTSIDERS = ("of another region", "of another province")
REFERENCE_DATA = {
    "GET registry/v1/provinces",
    "GET registry/v1/communes",
    "GET registry/v1/regions",
    "GET registry/v1/packs",
    "GET registry/v1/packs/{reference}",
    "GET notifications/v1/templates",
}
"""What is the same for the whole country, and public as such."""
OF_THE_REGION = {
    "GET registry/v1/regions/{code}",
    "GET registry/v1/regions/{code}/readiness",
    "GET registry/v1/conventions",
    "GET registry/v1/conventions/{identifier}",
    "GET registry/v1/imports",
    "GET registry/v1/imports/{identifier}",
    "GET registry/v1/poles",
    "GET registry/v1/poles/{region}",
    "GET training/v1/catalogue",
    "GET training/v1/cohorts",
    "GET training/v1/cohorts/{cohort_id}",
    "GET training/v1/trainers",
    "GET training/v1/trainers/{person}",
    "GET certification/v1/issuers",
    "GET certification/v1/issuers/{region}",
}
"""What belongs to a region as a whole: the people of each of its provinces see it."""
OF_EVERYBODYS_OWN = {"GET observatory/v1/rollout"}
"""What shows everybody their own region; what else it does not show is tried below."""


def scoped(api: Api, outsider: str) -> list[Operation]:
    """What has something of region 03 to show or to change, and nothing that concerns this outsider."""
    common = REFERENCE_DATA | OF_EVERYBODYS_OWN | (OF_THE_REGION if outsider == "of another province" else set())
    return [each for each in api.operations() if each.permission and each.path.startswith("/v1/") and str(each) not in common]


def ask(api: Api, operation: Operation, programme: Programme, by: str) -> httpx.Response:
    """Ask for what the staff of region 03 would be given."""
    path = programme.places(operation.path)
    if operation.body == UPLOAD:
        upload: dict[str, Any] = {"data": {"region": REGION}, "files": {"file": ("sheet.csv", sheet("E2E-60"))}}
        return api.send(operation.method, operation.service, path, by=by, **upload)
    body = {"json": body_for(operation, programme)} if operation.body else {}
    query = {"region": REGION} if "region" in operation.parameters else {}
    return api.send(operation.method, operation.service, path, by=by, params=query, **body)


def tells(answer: httpx.Response, programme: Programme) -> list[str]:
    """The ids of the programme that an answer gives away; those that were asked for by name do not count."""
    asked = str(answer.request.url) + answer.request.read().decode()
    ids = {value for value in vars(programme).values() if value not in asked}
    return [found for found in ids if found in answer.text]


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_lists_show_nothing_of_another_territory(api: Api, programme: Programme, outsider: str) -> None:
    for operation in [each for each in scoped(api, outsider) if each.method == "GET" and "{" not in each.path]:
        for query in ({}, {"region": REGION}, {"province": PROVINCE}):
            if not set(query) <= set(operation.parameters):
                continue
            answer = api.send("GET", operation.service, operation.path, by=outsider, params=query)
            empty = answer.is_success and not answer.json()["items"]
            assert empty or is_problem(answer, 403, 404, 422), f"{operation} {query}: {answer.text}"


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_what_lies_elsewhere_is_not_found(api: Api, programme: Programme, outsider: str) -> None:
    for operation in [each for each in scoped(api, outsider) if each.method == "GET" and "{" in each.path]:
        answer = ask(api, operation, programme, outsider)
        assert is_problem(answer, 403, 404), f"{operation}: {answer.status_code} {answer.text}"
        assert not tells(answer, programme), operation


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_nothing_can_be_changed_elsewhere(api: Api, kafka: Kafka, programme: Programme, outsider: str) -> None:
    with nothing_changes(api, kafka):
        for operation in [each for each in scoped(api, outsider) if each.changes]:
            answer = ask(api, operation, programme, outsider)
            assert is_problem(answer, 403, 404, 409, 422), f"{operation}: {answer.status_code} {answer.text}"
            assert not tells(answer, programme), f"{operation}: {answer.text}"


def test_the_same_requests_do_something_for_those_whom_they_concern(api: Api, programme: Programme) -> None:
    reading = [each for each in scoped(api, "of another region") if each.method == "GET"]
    for operation in reading:
        answer = ask(api, operation, programme, "national" if operation.permission == "ops:read" else "regional")
        shown = answer.json() if "json" in answer.headers["Content-Type"] else [answer.text]
        assert answer.is_success, f"{operation}: {answer.text}"
        assert shown.get("items", shown) if isinstance(shown, dict) else shown, operation


def test_the_roll_out_shows_each_their_own(api: Api, programme: Programme) -> None:
    def seen(by: str) -> dict[str, Any]:
        items = api.send("GET", "observatory", "/v1/rollout", by=by).json()["items"]
        return {item["region"]: {step["step"]: step["count"] for step in item["funnel"]} for item in items}

    assert REGION not in seen("of another region")
    assert seen("of another province")[REGION]["associations"] == 0
    assert seen("regional")[REGION]["associations"] > 0
    assert programme.association


def test_a_partner_sees_its_own_subscriptions_alone(api: Api, programme: Programme) -> None:
    def of(partner: str) -> list[Any]:
        token = mint(api.stack.layout, "partner", partner=partner)
        return list(api.send("GET", "notifications", "/v1/subscriptions", token=token).json()["items"])

    assert [found["id"] for found in of("observatoire")] == [programme.subscription]
    assert of("somebody-else") == []


def test_nobody_widens_a_territory_by_the_query(api: Api, programme: Programme) -> None:
    answer = api.send("GET", "registry", "/v1/associations?region=03&region=07", by="of another region")
    assert programme.association not in answer.text
    assert json.loads(answer.text).get("items", []) == []
