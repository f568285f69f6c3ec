"""HTTP as the demo speaks it: as an operator of the region or of the whole country, patient where a process was just killed."""

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

import httpx

from operator_cli.demo.keys import Keys
from operator_cli.errors import NotRunning, Refusal
from operator_cli.stack.issuer import mint
from operator_cli.stack.local import LocalStack

REGION = "03"
Role = Literal["national", "regional"]

PATIENCE = 60.0
"""Seconds for which a request is sent again, with the same key, while the service is away: a killed process is back in a few."""
ANSWER_WITHIN = 15.0
PAUSE = 0.2
AWAY = frozenset({502, 503, 504})
PAGE = 200
AT_ONCE = 4
"""Requests under way at the same time: more would only queue on the two cores that this has to run on."""


class Wire:
    """The services' public API, and nothing else of them."""

    def __init__(self, stack: LocalStack, keys: Keys, transport: httpx.BaseTransport | None = None) -> None:
        self._ports, self._keys = stack.ports, keys
        limits = httpx.Limits(max_keepalive_connections=AT_ONCE * 2)
        self._http = httpx.Client(timeout=ANSWER_WITHIN, limits=limits, trust_env=False, transport=transport)
        self._tokens = {
            "national": mint(stack.layout, "national", subject="demo-national"),
            "regional": mint(stack.layout, "regional", regions=[REGION], subject="demo-region-03"),
        }

    def base(self, service: str) -> str:
        """The base address of a service's API."""
        return f"http://127.0.0.1:{self._ports.web_of(service)}"

    def get(self, service: str, path: str, role: Role = "regional", **query: Any) -> Any:
        """Read. Raises Refusal with the service's sentence, NotRunning when nothing answers for long."""
        return self._send("GET", service, path, role, params=query).json()

    def text(self, service: str, path: str) -> str:
        """Read what is not JSON."""
        return self._send("GET", service, path, "regional").text

    def public(self, url: str) -> Any:
        """Read a public address without any token."""
        return self._patiently("GET", url, headers={"Accept": "application/json"}).json()

    def every(self, service: str, path: str, role: Role = "regional", **query: Any) -> list[dict[str, Any]]:
        """All items of a list, page by page."""
        return list(self._pages(service, path, role, query))

    def post(
        self, service: str, path: str, body: Mapping[str, Any] | None, *step: object, role: Role = "regional"
    ) -> dict[str, Any]:
        """Tell a service to do something, once however often it is sent: `step` names it in every run."""
        sent = self._send("POST", service, path, role, headers=self._key(step), json=dict(body or {}))
        return sent.json()  # type: ignore[no-any-return]

    def put(self, service: str, path: str, *step: object, role: Role = "regional") -> dict[str, Any]:
        """Put what has no body of its own."""
        return self._send("PUT", service, path, role, headers=self._key(step)).json()  # type: ignore[no-any-return]

    def upload(self, service: str, path: str, name: str, content: bytes, *step: object) -> dict[str, Any]:
        """Hand a file in for the region."""
        form = {"data": {"region": REGION}, "files": {"file": (name, content)}}
        return self._send("POST", service, path, "regional", headers=self._key(step), **form).json()  # type: ignore[no-any-return]

    def read(self, url: str) -> dict[str, Any]:
        """Read what any process of the stack shows without a token, also while it is started again."""
        return self._patiently("GET", url).json()  # type: ignore[no-any-return]

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _key(self, step: tuple[object, ...]) -> dict[str, str]:
        return {"Idempotency-Key": self._keys.of(*step)}

    def _pages(self, service: str, path: str, role: Role, query: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        after: dict[str, str] = {}
        while True:
            page = self.get(service, path, role, limit=PAGE, **query, **after)
            yield from page["items"]
            if not page["next"]:
                return
            after = {"after": page["next"]}

    def _send(
        self, method: str, service: str, path: str, role: Role, headers: Mapping[str, str] | None = None, **rest: Any
    ) -> httpx.Response:
        known = {"Authorization": f"Bearer {self._tokens[role]}", "Accept": "application/json", **(headers or {})}
        return self._patiently(method, self.base(service) + path, headers=known, **rest)

    def _patiently(self, method: str, url: str, **rest: Any) -> httpx.Response:
        """Send until there is an answer that is the service's own."""
        deadline = time.monotonic() + PATIENCE
        while True:
            answer = self._once(method, url, **rest)
            if answer is not None and answer.status_code not in AWAY:
                return _good(answer, method, url)
            if time.monotonic() > deadline:
                raise NotRunning(f"{method} {url} had no answer for {PATIENCE:.0f} s; see `nassij status` and `nassij logs`.")
            time.sleep(PAUSE)

    def _once(self, method: str, url: str, **rest: Any) -> httpx.Response | None:
        try:
            return self._http.request(method, url, **rest)
        except httpx.TransportError:
            # Nothing listens, the process died while it answered, or it answers too late.
            return None


def _good(answer: httpx.Response, method: str, url: str) -> httpx.Response:
    """The answer, if it is none of refusal. Raises Refusal with what was asked and the service's own sentence."""
    if answer.is_success:
        return answer
    try:
        problem = answer.json()
    except ValueError:
        problem = {}
    said = problem.get("detail") or problem.get("title") or answer.text[:200]
    more = f" {problem['fields']}" if problem.get("fields") else ""
    raise Refusal(f"{method} {httpx.URL(url).path} was refused ({answer.status_code}): {said}{more}")


def at_once(work: Any, items: Any) -> Iterator[Any]:
    """Do something for every item, a few at a time, and give the results in the order of the items."""
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        yield from pool.map(work, items)
