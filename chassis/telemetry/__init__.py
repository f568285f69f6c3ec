"""Spans of OpenTelemetry, as an option: where NASSIJ_OTLP_URL is set they go to a collector, else nothing is even imported.

A request's span is the parent of what it publishes and of what others make of it, since the `traceparent` of an event is the
span that recorded it: one trace across services, through outbox and log. Attributes name events by id and key, never what
they say, and no error's own words: those may hold a person's data.
"""

from chassis.telemetry.span import Span
from chassis.telemetry.spans import (
    applying,
    check,
    committing,
    published,
    running,
    sending,
    serving,
    start,
    stop,
)

__all__ = ["Span", "applying", "check", "committing", "published", "running", "sending", "serving", "start", "stop"]
