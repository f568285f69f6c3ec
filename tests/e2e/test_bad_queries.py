"""Whatever query string, address or header comes: an answer that says what to do, never an error of ours."""

import httpx
import pytest

from operator_cli.stack.layout import SERVICES
from tests.e2e.api import Api, Operation, is_problem
from tests.e2e.programme import Programme

OPERATORS = ("{name}[$ne]=1", "{name}__gt=1", "$where=1", "{name}.x=1", "unknown=1")
NEVER_A_VALUE = ("%7B%22$ne%22:1%7D", "a%00b", "%FF%FE", "a" * 3_000, "..%2F..%2Fetc")
NEVER_A_LIMIT = ("0", "-1", "201", "1.5", "all", "9" * 400, "")
NEVER_AN_ID = ("%7B%22$ne%22:null%7D", "a%00b", "%FF%FE", "a" * 3_000, "$ne", "..", "%20", "*", "%2E%2E%2Fregions")
PUBLIC_ANSWERS = ("/v1/verify/",)
"""Where an unknown number is an answer in itself, not a problem."""


def reading(api: Api, service: str) -> list[Operation]:
    return [each for each in api.operations() if each.service == service and each.method == "GET"]


def refused(answer: httpx.Response, *statuses: int) -> str | None:
    """What was wrong with a refusal, if anything was."""
    return None if is_problem(answer, *statuses) else f"{answer.request.url!s:.200}: {answer.status_code} {answer.text[:200]}"


@pytest.mark.parametrize("service", SERVICES)
def test_operators_and_unknown_parameters_are_refused(api: Api, programme: Programme, service: str) -> None:
    wrong = [
        refused(api.send("GET", service, f"{programme.places(operation.path)}?{query.format(name=name)}"), 422)
        for operation in reading(api, service)
        for query in OPERATORS
        for name in (operation.parameters or ("name",))
    ]
    assert not list(filter(None, wrong))


@pytest.mark.parametrize("service", SERVICES)
def test_values_that_are_none_are_refused(api: Api, programme: Programme, service: str) -> None:
    wrong = [
        refused(api.send("GET", service, f"{programme.places(operation.path)}?{name}={value}"), 422)
        for operation in reading(api, service)
        for name in operation.parameters
        for value in (NEVER_A_LIMIT if name == "limit" else NEVER_A_VALUE)
    ]
    assert not list(filter(None, wrong))


@pytest.mark.parametrize("service", SERVICES)
def test_an_address_of_nothing_is_not_found(api: Api, programme: Programme, service: str) -> None:
    operations = [each for each in api.operations() if each.service == service and "{" in each.path]
    readable = [each for each in operations if not each.path.startswith((*PUBLIC_ANSWERS, "/ops/watermarks"))]
    wrong = [
        refused(api.send(operation.method, service, programme.places(head) + name + tail, json=None), 401, 404, 405, 415, 422)
        for operation in readable
        for head, tail in [_around_its_first_place(operation.path)]
        for name in NEVER_AN_ID
    ]
    assert not list(filter(None, wrong))


@pytest.mark.parametrize("path", ["/v1/verify/{}", "/v1/verify/{}/credential"])
@pytest.mark.parametrize("name", NEVER_AN_ID)
def test_a_number_of_no_certificate_is_never_valid(api: Api, path: str, name: str) -> None:
    answer = api.send("GET", "certification", path.format(name), by=None)
    assert answer.status_code == 404
    assert '"valid"' not in answer.text


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/v1/nothing", 404), ("BREW", "/v1/nothing", 404), ("DELETE", "/livez", 405)]
)
def test_an_unknown_address_or_method_is_told(api: Api, service: str, method: str, path: str, status: int) -> None:
    assert is_problem(api.send(method, service, path), status)


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("Idempotency-Key", "two words", 400),
        ("Idempotency-Key", "k" * 201, 400),
        ("Idempotency-Key", "{$ne: null}", 400),
        ("If-Match", '"nonsense"', 412),
        ("If-Match", '"1", "2"', 412),
    ],
)
def test_a_header_that_cannot_be_read_is_told(api: Api, programme: Programme, header: str, value: str, status: int) -> None:
    path = f"/v1/conventions/{programme.convention}/sign"
    assert is_problem(api.send("POST", "registry", path, json={}, headers={header: value}), status)


def test_what_no_server_would_read_is_told_too(api: Api) -> None:
    assert is_problem(api.send("GET", "registry", f"/v1/regions?state={'a' * 5_000}"), 414)
    assert is_problem(api.send("GET", "registry", "/v1/regions", headers={"X-Long": "a" * 10_000}), 431)
    assert is_problem(api.send("GET", "registry", "/v1/regions", headers={"X-Control": "a\x7fb"}), 400)


@pytest.mark.parametrize("value", ["a b", "x" * 500, "é", "<script>"])
def test_a_correlation_that_is_none_is_replaced(api: Api, value: str) -> None:
    answer = api.send("GET", "registry", "/v1/regions", headers={"X-Correlation-Id": value.encode()})
    assert answer.is_success
    assert answer.headers["X-Correlation-Id"] != value


def _around_its_first_place(path: str) -> tuple[str, str]:
    head, _, rest = path.partition("{")
    tail = rest.partition("}")[2]
    return head, tail.replace("{", "").replace("}", "")
