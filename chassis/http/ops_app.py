"""The small HTTP side of a background process: health, metrics and a status, for the supervisor, Prometheus and operators.

It answers from threads of its own, so also while a batch is being applied, and takes no commands.
"""

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from socketserver import ThreadingMixIn
from types import TracebackType
from typing import Any, Self
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import StartResponse, WSGIEnvironment

import pymongo
import structlog

from chassis import metrics
from chassis.http.answers import SECURITY_HEADERS
from chassis.http.health import Check, Readiness, readiness_body
from chassis.settings import Address, SettingsError

Answer = tuple[int, str, bytes]
View = Callable[[WSGIEnvironment], Answer]
IDLE_SECONDS = 5.0
STATUS_SECONDS = 2.0
"""As long a scrape waits for the backlogs; the gauges of the domain have a bound of their own (metrics/domain.py)."""

log = structlog.get_logger(__name__)


class OpsApplication:
    """A WSGI application with /livez, /readyz, /metrics and /ops/status.

    `status` returns a JSON-able dict of figures; `checks` are as for the web process: callables that raise.
    """

    def __init__(self, status: Callable[[], Mapping[str, Any]], checks: Mapping[str, Check] | None = None) -> None:
        readiness = Readiness(checks or {})
        self._status = status
        self._views: dict[str, View] = {
            "/livez": lambda _: _json({"status": "alive"}),
            "/readyz": lambda _: _json(*readiness_body(readiness)),
            "/metrics": self._metrics,
            "/ops/status": lambda _: _json(status()),
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        code, content_type, body = self._answer(environ)
        headers = {"Content-Type": content_type, "Content-Length": str(len(body))} | SECURITY_HEADERS
        start_response(f"{code} {HTTPStatus(code).phrase}", list(headers.items()))
        return [body]

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        view = self._views.get(environ.get("PATH_INFO", ""))
        if view is None:
            return _json({"detail": f"There is nothing at this address, only {', '.join(self._views)}."}, 404)
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return _json({"detail": "These addresses take GET only."}, 405)
        try:
            return view(environ)
        except Exception:
            log.exception("ops.unexpected_error", path=environ["PATH_INFO"])
            return _json({"detail": "Something went wrong here; the log says what."}, 500)

    def _metrics(self, environ: WSGIEnvironment) -> Answer:
        try:
            with pymongo.timeout(STATUS_SECONDS):
                self._status()  # reading it brings the gauges of backlogs up to date
        except Exception:
            # The store is away, say. The backlogs then show their last figures, and the scrape all that needs no store.
            log.exception("ops.status_unreadable")
        body, content_type = metrics.exposition(environ.get("HTTP_ACCEPT", ""))
        return 200, content_type, body


def _json(body: Mapping[str, Any], status: int = 200) -> Answer:
    return status, "application/json", json.dumps(body, ensure_ascii=False, default=str).encode()


class _Handler(WSGIRequestHandler):
    timeout = IDLE_SECONDS  # a client that says nothing does not keep a thread

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the method it replaces
        log.debug("ops.answered", line=format % args)


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class OpsServer:
    """Serves an OpsApplication from a thread; a context manager that stops it."""

    def __init__(self, address: Address, application: OpsApplication) -> None:
        """Start to listen. Raises SettingsError, one sentence, if the address cannot be had."""
        try:
            self._server = _Threaded((address.host, address.port), _Handler)
        except OSError as error:
            raise SettingsError(
                f"NASSIJ_OPS_BIND is {address}, where this process cannot listen ({error.strerror}): choose another address."
            ) from error
        self._server.set_app(application)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.5}, name="ops", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_port)

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=IDLE_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
