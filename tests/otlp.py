"""A collector in this process: takes spans by OTLP over HTTP and keeps them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span as Message

from chassis import telemetry
from chassis.settings import Settings
from chassis.telemetry import spans

KINDS = {
    Message.SPAN_KIND_SERVER: "server",
    Message.SPAN_KIND_CLIENT: "client",
    Message.SPAN_KIND_PRODUCER: "producer",
    Message.SPAN_KIND_CONSUMER: "consumer",
    Message.SPAN_KIND_INTERNAL: "internal",
}


@dataclass(frozen=True)
class Collected:
    """A span as it came."""

    name: str
    kind: str
    trace: str
    id: str
    parent: str
    attributes: dict[str, Any]
    resource: dict[str, Any]
    links: list[str]
    failed: bool

    @property
    def traceparent(self) -> str:
        return f"00-{self.trace}-{self.id}-01"


@dataclass
class Collector:
    """What came, and where it listens."""

    port: int = 0
    spans: list[Collected] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def take(self, body: bytes) -> None:
        for group in ExportTraceServiceRequest.FromString(body).resource_spans:
            resource = _values(group.resource.attributes)
            self.spans += [_collected(span, resource) for scope in group.scope_spans for span in scope.spans]

    def named(self, name: str) -> Collected:
        (found,) = [span for span in self.spans if span.name == name]
        return found

    def flush(self) -> None:
        """Have this process send what it holds."""
        exporting = spans._exporting
        assert exporting is not None
        exporting.flush()


@contextmanager
def collecting(**settings: Any) -> Iterator[Collector]:
    """A collector to which this process sends its spans meanwhile."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            collector.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collector.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        told = {"service": "training", "store_uri": "mongodb://u:p@h/d", "instance": "training-web-0", "cell": "north"} | settings
        telemetry.start(Settings(**told, otlp_url=collector.url), "web")
        try:
            yield collector
        finally:
            telemetry.stop()
            server.shutdown()
            thread.join()


def _collected(span: Message, resource: dict[str, Any]) -> Collected:
    return Collected(
        name=span.name,
        kind=KINDS[span.kind],
        trace=span.trace_id.hex(),
        id=span.span_id.hex(),
        parent=span.parent_span_id.hex(),
        attributes=_values(span.attributes),
        resource=resource,
        links=[link.span_id.hex() for link in span.links],
        failed=span.status.code == 2,
    )


def _values(pairs: Any) -> dict[str, Any]:
    return {pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in pairs}
