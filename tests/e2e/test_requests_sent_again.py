"""A request acts once however often it is sent, and not at all on something that has changed meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from chassis.ids import new_id
from tests.e2e.api import Api, is_problem
from tests.e2e.kafka import Kafka
from tests.e2e.programme import REGION, Programme, association, person, settle, sheet

TERMS: dict[str, Any] = {"title": {"fr": "Avenant"}, "parties": ["ADS", "Conseil"], "starts": "2026-01-01", "ends": "2027-01-01"}
pytestmark = pytest.mark.usefixtures("programme")


def draft(api: Api, key: str, *, by: str = "national", title: str = "Avenant") -> httpx.Response:
    body = TERMS | {"title": {"fr": title}, "regions": [REGION]}
    return api.send("POST", "registry", "/v1/conventions", by=by, json=body, headers={"Idempotency-Key": key})


def conventions(api: Api) -> int:
    return len(api.get("registry", "/v1/conventions", limit=200)["items"])


def test_the_same_request_again_gives_the_same_answer_and_no_second_event(api: Api, kafka: Kafka) -> None:
    settle(api)
    before, known, key = kafka.published(), conventions(api), new_id()
    first, *others = [draft(api, key) for _ in range(3)]
    assert first.status_code == 201
    for again in others:
        assert (again.status_code, again.json(), again.headers["ETag"]) == (201, first.json(), first.headers["ETag"])
        assert again.headers["Nassij-Event"] == first.headers["Nassij-Event"]
    settle(api)
    assert (kafka.published() - before, conventions(api) - known) == (1, 1)


def test_requests_sent_at_the_same_moment_with_one_key_act_once(api: Api, kafka: Kafka) -> None:
    settle(api)
    before, key = kafka.published(), new_id()
    with ThreadPoolExecutor(8) as at_once:
        answers = list(at_once.map(lambda _: draft(api, key), range(8)))
    done = {answer.json()["id"] for answer in answers if answer.status_code == 201}
    assert len(done) == 1
    assert all(answer.status_code == 201 or is_problem(answer, 409, 503) for answer in answers)
    settle(api)
    assert kafka.published() - before == 1


def test_a_key_is_not_taken_for_another_request(api: Api, kafka: Kafka) -> None:
    key = new_id()
    assert draft(api, key).status_code == 201
    settle(api)
    before = kafka.published()
    assert is_problem(draft(api, key, title="Autre avenant"), 422)
    assert is_problem(draft(api, key, by="regional"), 422)
    path = f"/v1/conventions/{draft(api, key).json()['id']}/sign"
    assert is_problem(api.send("POST", "registry", path, json={}, headers={"Idempotency-Key": key}), 422)
    settle(api)
    assert kafka.published() == before


def test_a_refused_request_may_be_sent_again_once_the_reason_has_gone(api: Api) -> None:
    key, made = new_id(), draft(api, new_id()).json()["id"]
    path = f"/v1/conventions/{made}/sign"
    future = api.send("POST", "registry", path, json={"on": "2100-01-01"}, headers={"Idempotency-Key": key})
    assert is_problem(future, 409)
    assert api.send("POST", "registry", path, json={"on": "2026-01-01"}, headers={"Idempotency-Key": key}).is_success


def test_what_has_changed_since_it_was_read_is_left_alone(api: Api, kafka: Kafka) -> None:
    drafted = draft(api, new_id())
    path, read = f"/v1/conventions/{drafted.json()['id']}/sign", drafted.headers["ETag"]
    settle(api)
    before = kafka.published()
    for stale in ('"0"', '"17"', '"99999999999999999999"'):
        assert is_problem(api.send("POST", "registry", path, json={}, headers={"If-Match": stale}), 412)
    settle(api)
    assert kafka.published() == before
    shown = api.send("GET", "registry", path.removesuffix("/sign"))
    assert (shown.headers["ETag"], shown.json()["state"]) == (read, "draft")
    signed = api.send("POST", "registry", path, json={}, headers={"If-Match": read})
    assert (signed.status_code, signed.headers["ETag"] != read) == (200, True)


def test_two_who_decide_at_the_same_moment_are_told_apart(api: Api) -> None:
    president = {"office": "president", **person("Amina Alaoui", 1)}
    held = api.post("registry", "/v1/associations", association("Association Al Ammal", "E2E-3", president))
    assert held["state"] == "open", held
    path = f"/v1/reviews/{held['id']}/decide"
    body = {"decision": "distinct", "reason": "Deux associations.", "also": held["against"]}
    with ThreadPoolExecutor(2) as at_once:
        answers = list(at_once.map(lambda _: api.send("POST", "registry", path, json=body), range(2)))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


def test_the_same_file_handed_in_again_is_the_same_import(api: Api, programme: Programme) -> None:
    handed_in = {"data": {"region": REGION}, "files": {"file": ("again.csv", sheet("E2E-9"))}}
    again = api.send("POST", "registry", "/v1/imports", by="regional", **handed_in)
    assert (again.status_code, again.json()["id"]) == (200, programme.imported)
