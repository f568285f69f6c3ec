"""HTTP as the command speaks it: JSON in and out, a token on every request, problems as one sentence."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from operator_cli.addresses import Addresses
from operator_cli.errors import NotRunning, Refusal
from operator_cli.stack.issuer import mint
from operator_cli.stack.layout import SERVICES
from operator_cli.stack.local import LocalStack

PATIENCE = 10.0
LONG_PATIENCE = 120.0
"""A command may be a lot of work: loading the territory writes 1,600 documents."""


@dataclass(frozen=True)
class Answer:
    """What a service said: status, headers (names in lower case) and decoded body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


def call(
    method: str, url: str, *, token: str | None = None, body: Any = None, patience: float = PATIENCE, **headers: str
) -> Answer:
    """One request. Any status is an answer. Raises NotRunning where nothing listens or nothing comes back in time."""
    sent = {"Accept": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if token:
        sent["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    if data is not None:
        sent["Content-Type"] = "application/json"
    request = urllib.request.Request(url, data, sent, method=method)  # noqa: S310 - our own http:// addresses
    try:
        with urllib.request.urlopen(request, timeout=patience) as response:  # noqa: S310
            return _answer(response.status, response.headers.items(), response.read())
    except urllib.error.HTTPError as error:
        return _answer(error.code, error.headers.items(), error.read())
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        address = urllib.parse.urlsplit(url).netloc
        raise NotRunning(f"Nothing answers at {address}; see `nassij status`, or start the stack with `nassij up`.") from error


def _answer(status: int, headers: Any, raw: bytes) -> Answer:
    try:
        body = json.loads(raw) if raw else None
    except ValueError:
        body = raw.decode(errors="replace")
    return Answer(status, {name.lower(): value for name, value in headers}, body)


def must(answer: Answer) -> Any:
    """The body of a good answer. Raises Refusal with the service's own sentence for any other."""
    if answer.status < 400:  # noqa: PLR2004 - where HTTP's errors begin
        return answer.body
    problem = answer.body if isinstance(answer.body, dict) else {}
    raise Refusal(str(problem.get("detail") or problem.get("title") or f"The service answered {answer.status}."))


class Services:
    """The services of a running stack, the chosen one unless it is given, asked as a national operator."""

    def __init__(self, stack: LocalStack | None = None) -> None:
        self._at = Addresses.of(stack) if stack else Addresses.chosen()
        if not self.names:
            raise NotRunning("The stack runs no services now; stop it with `nassij down` and start all of it with `nassij up`.")

    @cached_property
    def token(self) -> str:
        """A token that lasts as long as a command may."""
        return mint(self._at.layout, "national", subject="local-operator")

    @property
    def names(self) -> list[str]:
        """The services that this stack runs."""
        return [service for service in SERVICES if self._at.of_process(f"{service}-web")]

    def web(self, service: str) -> str:
        """The base address of a service's API. Raises NotRunning for one that this stack was started without."""
        return self._address(service, "web")

    def background(self, service: str) -> str:
        """The base address of a service's background process."""
        return self._address(service, "background")

    def get(self, service: str, path: str, **query: str | int | None) -> Any:
        """Read from a service's API; queries that are None are left out."""
        given = {name: value for name, value in query.items() if value is not None}
        url = self.web(service) + path + (f"?{urllib.parse.urlencode(given)}" if given else "")
        return must(call("GET", url, token=self.token))

    def post(self, service: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        """Tell a service to do something. Raises Refusal with its reason when it refuses."""
        return self._tell("POST", service, path, body)

    def put(self, service: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        """Bring something in a service to a state. Raises Refusal with its reason when it refuses."""
        return self._tell("PUT", service, path, body)

    def _tell(self, method: str, service: str, path: str, body: Mapping[str, Any] | None) -> Answer:
        answer = call(method, self.web(service) + path, token=self.token, body=dict(body or {}), patience=LONG_PATIENCE)
        must(answer)
        return answer

    def _address(self, service: str, role: str) -> str:
        found = self._at.of_process(f"{service}-{role}")
        if found is None:
            raise NotRunning(f"The stack runs no {service}; it runs {', '.join(self.names) or 'no service'}.")
        return found
