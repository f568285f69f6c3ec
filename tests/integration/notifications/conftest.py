import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from chassis.http import create_app
from chassis.sender import Sender
from chassis.settings import Settings
from chassis.store.connection import Store
from chassis.testing.clock import FrozenClock
from chassis.testing.tokens import TestIssuer
from services.notifications.channels import gateways as channels
from services.notifications.messages import gateways as messages
from services.notifications.service import service
from services.notifications.subscriptions import gateways as webhooks
from tests.integration.arriving import Arriving
from tests.unit.notifications.fakes import KeepingMailer


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("NASSIJ_STORE_URI", "mongodb://unused/unused")
    monkeypatch.setenv("NASSIJ_KEY_SECRET", "the-key-secret-of-the-tests-has-32-characters")
    monkeypatch.setenv("NASSIJ_WEBHOOK_ALLOW_LOCAL", "yes")
    yield
    for made in (webhooks.settings, webhooks.webhook_secrets, webhooks.poster, channels.mailer, channels.sender_address):
        made.cache_clear()


@pytest.fixture(autouse=True)
def frozen() -> Iterator[FrozenClock]:
    with FrozenClock() as frozen:
        yield frozen


@pytest.fixture
def arriving(service_store: Store) -> Arriving:
    return Arriving(service)


@pytest.fixture
def mailer(monkeypatch: pytest.MonkeyPatch) -> KeepingMailer:
    keeping = KeepingMailer()
    monkeypatch.setattr(messages, "mailer", lambda: keeping)
    return keeping


@pytest.fixture
def sender(service_store: Store) -> Iterator[Sender]:
    sender = Sender(service.channels, threads=2)
    yield sender
    sender.close()


@pytest.fixture
def tokens(tmp_path: Path) -> TestIssuer:
    return TestIssuer(tmp_path)


@pytest.fixture
def client(tokens: TestIssuer, service_store: Store) -> Iterator[FlaskClient]:
    settings = Settings(service="notifications", store_uri="mongodb://unused/unused")
    with create_app(service, settings, verifier=tokens.verifier()).test_client() as client:
        yield client


@dataclass
class Partner:
    """A partner's endpoint: keeps what comes, and answers as it is told."""

    url: str = ""
    status: int = 200
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def partner() -> Iterator[Partner]:
    partner = Partner()

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            partner.received.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(partner.status)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    partner.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield partner
    server.shutdown()
    thread.join()
    server.server_close()
