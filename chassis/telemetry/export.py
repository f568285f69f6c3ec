"""Sending spans to a collector by OTLP over HTTP. Imported only where that is wanted."""

import logging
import os
from collections.abc import Sequence
from typing import Any

import structlog
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import (
    Link,
    NonRecordingSpan,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    set_span_in_context,
)
from opentelemetry.trace import Span as Recorded

from chassis import __version__
from chassis.settings import Settings
from chassis.telemetry import traceparent
from chassis.telemetry.span import Attributes, Span

TRACES = "/v1/traces"
MOST_WAITING = 8192
"""Spans in memory; where the collector is away for longer, the oldest are left out."""
SEND_EVERY_MS = 1000
PATIENCE_SECONDS = 3.0
"""For one batch, with its repetitions."""

log = structlog.get_logger(__name__)


class Exporting:
    """Makes spans and sends them from a thread of its own; nothing that goes wrong there reaches the work."""

    def __init__(self, settings: Settings, role: str) -> None:
        # Its own log would repeat at every batch what is said once here.
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
        self._exporter = SaidOnce(OTLPSpanExporter(f"{settings.otlp_url}{TRACES}", timeout=PATIENCE_SECONDS), settings.otlp_url)
        processor = BatchSpanProcessor(self._exporter, max_queue_size=MOST_WAITING, schedule_delay_millis=SEND_EVERY_MS)
        # The sampler is the SDK's usual one: it keeps the caller's decision, and OTEL_TRACES_SAMPLER decides for new traces.
        self._provider = TracerProvider(resource=_resource(settings, role), shutdown_on_exit=False)
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("nassij", __version__)

    def span(
        self, kind: str, name: str, attributes: Attributes, *, parent: str | None = None, link: str | None = None,
        began: int | None = None,
    ) -> Span:  # fmt: skip
        """Begin a span, now or at a moment: below the `parent` and linked with `link`, both traceparents."""
        above, beside = _context_of(parent), _context_of(link)
        return Followed(
            self._tracer.start_span(
                name,
                context=set_span_in_context(NonRecordingSpan(above)) if above else None,
                kind=SpanKind[kind.upper()],
                attributes=attributes,
                links=[Link(beside)] if beside else [],
                start_time=began,
            )
        )

    def flush(self) -> None:
        """Send now what waits."""
        self._provider.force_flush()

    def close(self) -> None:
        """Send what waits, within a few seconds, and stop."""
        self._exporter.hurry()
        self._provider.shutdown()


class Followed(Span):
    """A span that will be sent."""

    def __init__(self, span: Recorded) -> None:
        self._span = span
        own = span.get_span_context()
        self.traceparent = f"00-{own.trace_id:032x}-{own.span_id:016x}-{own.trace_flags:02x}"

    def tell(self, attributes: Attributes) -> None:
        """Add attributes."""
        self._span.set_attributes(attributes)

    def fail(self, kind: str) -> None:
        """Mark as failed."""
        self._span.set_attribute("error.type", kind)
        self._span.set_status(Status(StatusCode.ERROR))

    def end(self, at: int | None = None) -> None:
        """It is over."""
        self._span.end(at)


class SaidOnce(SpanExporter):
    """An exporter that says once when the collector goes away and once when it is back, with how many spans were lost."""

    def __init__(self, exporter: SpanExporter, url: str) -> None:
        self._exporter, self._url = exporter, url
        self._lost = 0
        self._hurried = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send a batch."""
        if self._hurried and self._lost:
            return SpanExportResult.FAILURE  # nobody was there before, and the process wants to end
        result = self._exporter.export(spans)
        if result is SpanExportResult.SUCCESS:
            self._note_back()
        else:
            self._note_away(len(spans))
        return result

    def hurry(self) -> None:
        """Wait for no collector any more that was away before."""
        self._hurried = True

    def shutdown(self) -> None:
        """Stop."""
        self._exporter.shutdown()

    def _note_away(self, lost: int) -> None:
        if not self._lost:
            log.warning("telemetry.collector_away", url=self._url)
        self._lost += lost

    def _note_back(self) -> None:
        if self._lost:
            log.info("telemetry.collector_back", url=self._url, spans_lost=self._lost)
        self._lost = 0


def _resource(settings: Settings, role: str) -> Resource:
    # Workers of one web process share its name.
    instance = settings.instance if settings.web_workers == 1 else f"{settings.instance}-{os.getpid()}"
    named: dict[str, Any] = {
        "service.namespace": "nassij",
        "service.name": settings.service,
        "service.version": __version__,
        "service.instance.id": instance,
        "cell": settings.cell,
        "role": role,
    }
    return Resource.create(named)


def _context_of(text: str | None) -> SpanContext | None:
    found = traceparent.read(text)
    if found is None:
        return None
    return SpanContext(int(found.trace, 16), int(found.span, 16), is_remote=True, trace_flags=TraceFlags(int(found.flags, 16)))
