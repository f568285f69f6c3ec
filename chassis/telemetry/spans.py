"""What is followed: requests, events applied and published, attempts to send, deadlines. Off, each of these costs one test."""

import atexit
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from chassis.settings import Settings, SettingsError
from chassis.telemetry.span import Attributes, Span

if TYPE_CHECKING:
    from chassis.events import Received
    from chassis.telemetry.export import Exporting

NEEDED = ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http")

_NOTHING: AbstractContextManager[Span] = nullcontext(Span())
_exporting: "Exporting | None" = None
# The spans of events that the transaction at hand has applied, and when each was done.
_applied: ContextVar[list[tuple[Span, int]] | None] = ContextVar("nassij_applied_spans", default=None)


def check(settings: Settings) -> None:
    """Raise SettingsError, one sentence, where spans are wanted and what sends them is not installed."""
    if settings.otlp_url and not all(map(_is_there, NEEDED)):
        raise SettingsError(
            "NASSIJ_OTLP_URL is set and OpenTelemetry is missing: install the extra `telemetry` of pyproject.toml, "
            "as requirements.lock does, or take the setting away."
        )


def start(settings: Settings, role: str) -> None:
    """Begin to send spans, if NASSIJ_OTLP_URL says where to. In a forking server, after the fork: it starts a thread."""
    global _exporting  # noqa: PLW0603 - one a process, as the store's connection
    if not settings.otlp_url:
        return
    from chassis.telemetry.export import Exporting

    _exporting = Exporting(settings, role)
    atexit.register(stop)


def stop() -> None:
    """Send what is left, within seconds, and stop."""
    global _exporting
    exporting, _exporting = _exporting, None
    if exporting is not None:
        exporting.close()


def serving(method: str, route: str, traceparent: str | None) -> AbstractContextManager[Span]:
    """Follow the answering of a request. `route` is the rule, never the path; `traceparent` is what the caller sent."""
    if _exporting is None:
        return _NOTHING
    attributes = {"http.request.method": method, "http.route": route}
    return _followed(_exporting.span("server", f"{method} {route}", attributes, parent=traceparent))


def applying(event: "Received") -> AbstractContextManager[Span]:
    """Follow the applying of an event: a child of the span that recorded it. It counts once its transaction is there."""
    if _exporting is None:
        return _NOTHING
    attributes = _messaging("process", event.id, event.key, event.sequence) | {"nassij.event.type": event.type}
    return _kept(_exporting.span("consumer", f"process {event.type}", attributes, parent=event.traceparent))


def committing() -> AbstractContextManager[None]:
    """Around a transaction of the consumer: what is applied in it is told when it ends well, and else was never applied."""
    return nullcontext() if _exporting is None else _committed()


def published(rows: Sequence[Mapping[str, Any]], began: int) -> None:
    """Tell that these rows of the outbox were published, since `began` (nanoseconds of the epoch)."""
    if _exporting is None:
        return
    for row in rows:
        recorded = row["attributes"].get("traceparent")
        if recorded:
            attributes = _messaging("send", row["_id"], row["key"], row["sequence"])
            attributes |= {"messaging.destination.name": row["topic"]}
            _exporting.span("producer", f"send {row['topic']}", attributes, parent=recorded, began=began).end()


def sending(kind: str, attempt: int, traceparent: str | None) -> AbstractContextManager[Span]:
    """Follow an attempt to send something to the outside world, because of what had this traceparent."""
    if _exporting is None:
        return _NOTHING
    attributes: Attributes = {"nassij.intent.kind": kind, "nassij.intent.attempt": attempt}
    return _followed(_exporting.span("client", f"send {kind}", attributes, parent=traceparent))


def running(deadline: str, traceparent: str | None) -> AbstractContextManager[Span]:
    """Follow what a deadline brings about: a trace of its own, linked with the one, perhaps weeks ago, that set it."""
    if _exporting is None:
        return _NOTHING
    attributes = {"nassij.deadline": deadline}
    return _followed(_exporting.span("internal", f"deadline {deadline}", attributes, link=traceparent))


def _messaging(operation: str, event_id: str, key: str, sequence: int) -> dict[str, str | int]:
    return {
        "messaging.system": "kafka",
        "messaging.operation.type": operation,
        "messaging.message.id": event_id,
        "nassij.event.key": key,
        "nassij.event.sequence": sequence,
    }


@contextmanager
def _followed(span: Span) -> Iterator[Span]:
    try:
        yield span
    except BaseException as error:
        span.fail(type(error).__name__)
        raise
    finally:
        span.end()


@contextmanager
def _kept(span: Span) -> Iterator[Span]:
    yield span  # what fails was not applied, so its span is left behind
    applied = _applied.get()
    if applied is None:
        span.end()
    else:
        applied.append((span, time.time_ns()))


@contextmanager
def _committed() -> Iterator[None]:
    applied: list[tuple[Span, int]] = []
    token = _applied.set(applied)
    try:
        yield
    finally:
        _applied.reset(token)
    for span, done in applied:
        span.end(done)


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
