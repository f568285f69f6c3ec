"""The services' public HTTP API as callers of every kind use it, and what it says of itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

from operator_cli.stack.issuer import mint
from operator_cli.stack.layout import SERVICES
from operator_cli.stack.local import LocalStack

PROBLEM = "application/problem+json"
OTHER_REGION, OTHER_PROVINCE = "07", "03.531"
"""Where nothing of the programme under test lies; the province is in its region."""
CALLERS: Mapping[str, Mapping[str, Any]] = {
    "national": {"role": "national"},
    "regional": {"role": "regional", "regions": ["03"]},
    "provincial": {"role": "provincial", "provinces": ["03.591"]},
    "auditor": {"role": "auditor"},
    "partner": {"role": "partner", "partner": "observatoire"},
    "service": {"role": "service"},
    "of another region": {"role": "regional", "regions": [OTHER_REGION]},
    "of another province": {"role": "provincial", "provinces": [OTHER_PROVINCE]},
}


@dataclass(frozen=True)
class Operation:
    """One operation of a service's /openapi.json; `body` is the type of content that it takes, if it takes any."""

    service: str
    method: str
    path: str
    permission: str | None
    parameters: tuple[str, ...]
    body: str | None

    @property
    def changes(self) -> bool:
        """Whether it is there to change something."""
        return self.method != "GET"

    def __str__(self) -> str:
        return f"{self.method} {self.service}{self.path}"


class Api:
    """One stack's services, asked by whoever a test says; tokens are signed by the stack's own issuer."""

    def __init__(self, stack: LocalStack) -> None:
        self.stack = stack
        self._ports = stack.ports
        self._http = httpx.Client(timeout=60, trust_env=False)
        self._tokens = {name: mint(stack.layout, **claims) for name, claims in CALLERS.items()}

    def send(
        self, method: str, service: str, path: str, *, by: str | None = "national", token: str | None = None, **rest: Any
    ) -> httpx.Response:
        """One request, by one of CALLERS or with a token; by nobody with neither. Any status is an answer."""
        token = token or (self._tokens[by] if by else None)
        headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **rest.pop("headers", {})}
        return self._http.request(method, self.address(service) + path, headers=headers, **rest)

    def get(self, service: str, path: str, *, by: str = "national", **query: Any) -> Any:
        """What a good answer holds."""
        return good(self.send("GET", service, path, by=by, params=query))

    def post(self, service: str, path: str, body: Any = None, **more: Any) -> Any:
        """What a good answer holds."""
        return good(self.send("POST", service, path, json=body or {}, **more))

    def address(self, service: str) -> str:
        """Where a service's API is."""
        return f"http://127.0.0.1:{self._ports.web_of(service)}"

    def background(self, service: str, path: str) -> httpx.Response:
        """Ask a service's background process."""
        return self._http.get(f"http://127.0.0.1:{self._ports.background_of(service)}{path}")

    def mails(self) -> Any:
        """What the mail sink counts: received, distinct, repeated."""
        return self._http.get(f"http://127.0.0.1:{self._ports.smtp_reader}/counts").json()

    def status(self, service: str) -> Any:
        """What a background process says of its work."""
        return self.background(service, "/ops/status").json()

    @cache  # noqa: B019 - one object a run
    def operations(self) -> tuple[Operation, ...]:
        """Every operation of every service, by its own word."""
        return tuple(
            operation
            for service in SERVICES
            for operation in _read(service, self._http.get(f"{self.address(service)}/openapi.json").json())
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


def good(answer: httpx.Response) -> Any:
    """The body of an answer that is none of refusal."""
    assert answer.is_success, f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text}"
    return answer.json()


def is_problem(answer: httpx.Response, *statuses: int) -> bool:
    """Whether an answer refuses as it should: 4xx (or one of these), problem+json, and a sentence that says what to do."""
    if answer.headers.get("Content-Type") != PROBLEM:
        return False
    problem, status = answer.json(), answer.status_code
    expected = status in statuses if statuses else 400 <= status < 500
    sentence = str(problem.get("detail", ""))
    spoken = sentence.endswith(".") and " " in sentence and "Traceback" not in sentence
    return expected and spoken and problem["status"] == status and problem["type"].startswith("urn:nassij:problem:")


def _read(service: str, document: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        shared = methods.get("parameters", [])
        for method, said in methods.items():
            if method == "parameters":
                continue
            parameters = [each["name"] for each in [*shared, *said.get("parameters", [])] if each["in"] == "query"]
            content = next(iter((said.get("requestBody") or {}).get("content", {})), None)
            yield Operation(service, method.upper(), path, said.get("x-permission"), tuple(parameters), content)
