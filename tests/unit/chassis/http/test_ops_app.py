import json
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs
from werkzeug.test import Client

from chassis.http.ops_app import OpsApplication, OpsServer
from chassis.metrics import BACKGROUND, scrape
from chassis.settings import Address, SettingsError


@pytest.fixture
def status() -> dict[str, Any]:
    return {"outbox_pending": 3}


@pytest.fixture
def client(status: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(scrape, "_role", BACKGROUND)
    return Client(OpsApplication(lambda: status, {"store": lambda: None}))


def test_a_background_process_tells_how_it_is(client: Client) -> None:
    assert json.loads(client.get("/livez").text) == {"status": "alive"}
    assert json.loads(client.get("/readyz").text)["checks"] == {"store": "ok"}
    assert json.loads(client.get("/ops/status").text) == {"outbox_pending": 3}
    assert "nassij_consumer_batch_size" in client.get("/metrics").text


def test_it_takes_no_commands_and_knows_no_other_address(client: Client) -> None:
    assert client.post("/ops/status").status_code == 405
    answer = client.get("/v1/sessions")
    assert answer.status_code == 404
    assert "/ops/status" in answer.text


def test_a_status_that_cannot_be_told_is_logged_and_not_shown() -> None:
    def failing() -> dict[str, Any]:
        raise RuntimeError("the word that nobody may see")

    with capture_logs() as lines:
        answer = Client(OpsApplication(failing)).get("/ops/status")
    assert answer.status_code == 500
    assert "nobody may see" not in answer.text
    assert [line["event"] for line in lines] == ["ops.unexpected_error"]


@pytest.fixture
def server() -> Iterator[OpsServer]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = Address("127.0.0.1", probe.getsockname()[1])
    with OpsServer(free, OpsApplication(dict)) as running:
        yield running


def test_it_listens_in_a_thread_of_its_own(server: OpsServer) -> None:
    assert httpx.get(f"http://127.0.0.1:{server.port}/livez", timeout=5).json() == {"status": "alive"}


def test_an_address_that_is_taken_ends_in_one_sentence(server: OpsServer) -> None:
    with pytest.raises(SettingsError, match=r"NASSIJ_OPS_BIND is 127\.0\.0\.1:[0-9]+, where this process cannot listen"):
        OpsServer(Address("127.0.0.1", server.port), OpsApplication(dict))
