from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from operator_cli.demo import wire as module
from operator_cli.demo.keys import Keys
from operator_cli.demo.wire import Wire
from operator_cli.errors import NotRunning, Refusal
from operator_cli.stack import issuer
from operator_cli.stack.layout import Layout
from operator_cli.stack.local import LocalStack
from operator_cli.stack.ports import Ports

Handler = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def wire_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Handler], Wire]:
    """A wire to whatever answers as a test says."""
    monkeypatch.setattr(module, "PAUSE", 0)
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    layout = Layout(tmp_path)
    layout.create()
    issuer.ensure(layout)
    return lambda handler: Wire(LocalStack(layout, Ports()), Keys(3, 0.1), httpx.MockTransport(handler))


class Killed:
    """A service that dies while it answers, is away for a while, and then answers."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if len(self.asked) == 1:
            raise httpx.RemoteProtocolError("disconnected")
        if len(self.asked) == 2:
            raise httpx.ConnectError("refused")
        return httpx.Response(503) if len(self.asked) == 3 else httpx.Response(200, json={"id": "a"})


def test_a_killed_service_is_asked_again_with_the_same_key_and_body(wire_to: Callable[[Handler], Wire]) -> None:
    service = Killed()
    assert wire_to(service).post("registry", "/v1/actors", {"office": "member"}, "member", "FM-0001") == {"id": "a"}
    assert len(service.asked) == 4
    assert len({(request.headers["Idempotency-Key"], request.read()) for request in service.asked}) == 1


def test_a_service_that_stays_away_is_named_after_a_bounded_time(wire_to: Callable[[Handler], Wire]) -> None:
    with pytest.raises(NotRunning, match=r"POST http://127.0.0.1:8101/v1/actors had no answer"):
        wire_to(lambda _: httpx.Response(503)).post("registry", "/v1/actors", {}, "member")


def test_a_refusal_is_not_repeated_and_tells_the_services_own_sentence(wire_to: Callable[[Handler], Wire]) -> None:
    asked = []

    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(409, json={"detail": "Region 03 is open."})

    with pytest.raises(Refusal, match=r"POST /v1/regions/03/open was refused \(409\): Region 03 is open\."):
        wire_to(refuse).post("registry", "/v1/regions/03/open", None, "open")
    assert len(asked) == 1


def test_a_list_is_read_to_its_last_page(wire_to: Callable[[Handler], Wire]) -> None:
    def page(request: httpx.Request) -> httpx.Response:
        after = request.url.params.get("after")
        return httpx.Response(200, json={"items": [{"id": after or "first"}], "next": None if after else "second"})

    assert [item["id"] for item in wire_to(page).every("registry", "/v1/actors")] == ["first", "second"]


def test_a_public_address_is_read_without_a_token(wire_to: Callable[[Handler], Wire]) -> None:
    def verify(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"token": "Authorization" in request.headers})

    assert wire_to(verify).public("http://127.0.0.1:8103/v1/verify/NSJ") == {"token": False}
