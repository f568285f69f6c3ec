"""A service that answers what a test says, and a stack's home that names it."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from operator_cli.app import nassij
from operator_cli.stack import issuer
from operator_cli.stack.identity import started_at
from operator_cli.stack.layout import SERVICES, Layout
from operator_cli.stack.ports import Ports
from operator_cli.stack.state import READY, Board, Process, State

Reply = tuple[int, Any] | Callable[[], tuple[int, Any]]


@dataclass
class FakeService:
    """Answers by method and path; keeps what it was asked."""

    port: int = 0
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, Any]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)

    def answer(self, what: str, body: Any, token: str) -> tuple[int, Any]:
        self.asked.append((what, body))
        self.tokens.add(token)
        reply = self.replies.get(what, (404, {"title": "Not found", "detail": f"There is no {what}."}))
        return reply() if callable(reply) else reply


class Handler(BaseHTTPRequestHandler):
    service: FakeService

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(length)) if length else None
        status, reply = self.service.answer(f"{self.command} {self.path}", body, self.headers.get("Authorization", ""))
        raw = json.dumps(reply).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    do_POST = do_GET  # noqa: N815 - the standard library's name

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[FakeService]:
    fake = FakeService()
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"service": fake})) as server:
        fake.port = server.server_port
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        yield fake
        server.shutdown()


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    made = Layout(tmp_path)
    made.create()
    issuer.ensure(made)
    monkeypatch.setenv("NASSIJ_HOME", str(tmp_path))
    return made


@pytest.fixture
def stack_of(layout: Layout, service: FakeService) -> Callable[[str], None]:
    """Pretend that a supervisor (this very process) runs one service, which is the fake."""

    def run(name: str) -> None:
        first = service.port - SERVICES.index(name)
        processes = [
            Process(f"{name}-{role}", f"http://127.0.0.1:{service.port}", state=READY, pid=os.getpid())
            for role in ("web", "background")
        ]
        me = os.getpid()
        Board(layout, State(me, started_at(me) or 0, name, Ports(web=first, background=first), processes)).publish()

    return run


Nassij = Callable[..., Result]


@pytest.fixture
def call() -> Nassij:
    return lambda *arguments: CliRunner().invoke(nassij, arguments)
