"""Whatever body comes: an answer that says what to do, and nothing changed."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from operator_cli.stack.layout import SERVICES
from tests.e2e.api import Api, Operation, is_problem
from tests.e2e.bodies import FORM, NOT_JSON, UPLOAD, body_for, spoiled
from tests.e2e.kafka import Kafka
from tests.e2e.programme import REGION, Programme, settle, sheet

MEGABYTE = 1024 * 1024
Change = Callable[[], None]


@contextmanager
def nothing_changes(api: Api, kafka: Kafka) -> Iterator[None]:
    """No service publishes anything meanwhile, and no list of anything is another one afterwards."""
    settle(api)
    before = kafka.published(), lists(api)
    yield
    settle(api)
    assert (kafka.published(), lists(api)) == before


def lists(api: Api) -> dict[str, Any]:
    """What every list shows that wants no parameter."""
    plain = [each for each in api.operations() if each.method == "GET" and "limit" in each.parameters and "{" not in each.path]
    return {str(each): api.get(each.service, each.path, limit=200) for each in plain}


@pytest.fixture(scope="module", autouse=True)
def _nothing_changes_here(api: Api, kafka: Kafka, programme: Programme) -> Iterator[None]:
    with nothing_changes(api, kafka):
        yield


def taking_json(api: Api, service: str) -> list[Operation]:
    found = [each for each in api.operations() if each.service == service and each.body == "application/json"]
    assert found
    return found


def send(api: Api, operation: Operation, programme: Programme, **rest: Any) -> httpx.Response:
    headers = {"Content-Type": "application/json", **rest.pop("headers", {})}
    return api.send(operation.method, operation.service, programme.places(operation.path), headers=headers, **rest)


@pytest.mark.parametrize("service", SERVICES)
def test_a_spoiled_body_is_refused_with_a_sentence_and_changes_nothing(api: Api, programme: Programme, service: str) -> None:
    taken = [
        f"{operation} with {wrong}: {answer.status_code} {answer.text[:300]}"
        for operation in taking_json(api, service)
        for wrong, body in spoiled(body_for(operation, programme))
        if not is_problem(answer := send(api, operation, programme, content=json.dumps(body)))
    ]
    assert not taken, "\n".join(taken)


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_no_json_object_is_refused_with_a_sentence(api: Api, programme: Programme, service: str) -> None:
    for operation in taking_json(api, service):
        for wrong, content in {**NOT_JSON, "a list": b"[]", "a word": b'"word"', "nothing": b"null"}.items():
            answer = send(api, operation, programme, content=content)
            assert is_problem(answer, 400, 422), f"{operation} with {wrong}: {answer.status_code} {answer.text[:500]}"


@pytest.mark.parametrize("service", SERVICES)
def test_a_body_of_another_kind_is_refused(api: Api, programme: Programme, service: str) -> None:
    for operation in taking_json(api, service):
        content = json.dumps(body_for(operation, programme))
        for kind in ("text/plain", "application/xml", UPLOAD, "nonsense", ""):
            answer = send(api, operation, programme, content=content, headers={"Content-Type": kind})
            assert is_problem(answer, 415), f"{operation} as {kind!r}: {answer.status_code} {answer.text[:500]}"


@pytest.mark.parametrize("service", SERVICES)
def test_an_empty_body_is_refused_where_something_is_wanted(api: Api, programme: Programme, service: str) -> None:
    for operation in taking_json(api, service):
        for empty in ("", "{}"):
            answer = send(api, operation, programme, content=empty)
            assert is_problem(answer), f"{operation} with {empty!r}: {answer.status_code} {answer.text[:500]}"


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_may_send_more_than_is_taken(api: Api, programme: Programme, service: str) -> None:
    immense = b" " * (2 * MEGABYTE + 1)

    def in_chunks() -> Iterator[bytes]:
        yield from (immense[:MEGABYTE], immense[MEGABYTE:])

    for operation in [each for each in api.operations() if each.service == service and each.changes and each.body != UPLOAD]:
        for content in (immense, in_chunks()):
            answer = send(api, operation, programme, content=content)
            assert is_problem(answer, 413), f"{operation}: {answer.status_code} {answer.text[:500]}"


def test_an_operation_that_takes_no_body_refuses_one(api: Api, programme: Programme) -> None:
    for operation in [each for each in api.operations() if each.changes and each.body is None]:
        answer = send(api, operation, programme, content=b'{"unknown": 1}')
        assert is_problem(answer, 422), f"{operation}: {answer.status_code} {answer.text[:500]}"


def test_a_sheet_that_is_none_is_refused(api: Api, programme: Programme) -> None:
    good: dict[str, Any] = {"data": {"region": REGION}, "files": {"file": ("good.csv", sheet("E2E-50"))}}
    spoiled: list[dict[str, Any]] = [
        {**good, "data": {"region[$ne]": ""}},
        {**good, "data": {"region": "99"}},
        {**good, "data": {"region": REGION, "unknown": "1"}},
        {**good, "data": {}},
        {**good, "files": {"file": ("empty.csv", b"")}},
        {**good, "files": {"file": ("broken.xlsx", b"PK\x03\x04 not an archive")}},
        {**good, "files": {"file": ("binary.csv", bytes(range(256)))}},
        {**good, "files": {"file": ("other.csv", b"a,b,c\n1,2,3\n")}},
        {**good, "files": {"file": ("good.csv", b"x" * (20 * MEGABYTE + 1))}},
        {**good, "files": {"other": ("good.csv", b"x")}},
        {**good, "files": [*good["files"].items(), ("file2", ("good.csv", b"x"))]},
        {"json": {"region": REGION}},
        {},
    ]
    for upload in spoiled:
        answer = api.send("POST", "registry", "/v1/imports", **upload)
        assert is_problem(answer), f"{str(upload)[:100]}: {answer.status_code} {answer.text[:500]}"


def test_every_operation_that_changes_something_is_tried_here(api: Api, programme: Programme) -> None:
    kinds = {each.body for each in api.operations() if each.changes}
    assert kinds == {None, "application/json", UPLOAD, FORM}
    assert [str(each) for each in api.operations() if each.body == UPLOAD] == ["POST registry/v1/imports"]
    forms = [str(each) for each in api.operations() if each.body == FORM]
    assert forms == ["POST observatory/sign-in", "POST observatory/sign-out"]


def test_a_form_that_is_none_is_refused(api: Api) -> None:
    for sent in ({}, {"token": ""}, {"token": "x" * 10_000}, {"token": "a", "unknown": "1"}, {"token": "a", "lang": "$ne"}):
        answer = api.send("POST", "observatory", "/sign-in", data=sent)
        assert is_problem(answer), f"{str(sent)[:100]}: {answer.status_code} {answer.text[:500]}"
