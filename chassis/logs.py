"""Structured logs: one JSON line a fact on standard output, with a static event name, ids and figures.

`structlog.get_logger(__name__).info("relay.published", events=12)` is how a fact is told. Lines of libraries arrive in
the same form under the event `library.message`. Nothing personal is written: see `DROPPED` and `MASKS`.
"""

import json
import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from structlog.typing import Processor

from chassis.context import current
from chassis.settings import Settings

Line = MutableMapping[str, Any]

# Fields that are dropped wherever they stand. Secrets are here too: a log is read by more people than a store.
PERSONAL = {"mail", "email", "phone", "name", "names", "first_name", "last_name", "full_name", "cin", "address", "birth_date"}
SECRET = {"authorization", "token", "password", "secret", "key_secret", "private_key", "store_uri", "cookie", "body", "payload"}
DROPPED = frozenset(PERSONAL | SECRET | {"recipient"})
# What free text (a library's message, an exception) may contain without anybody having meant to write it.
MASKS = (
    (re.compile(r"(\w+://)[^\s/@]+@"), r"\1…@"),
    # A mail's address ends in letters after a dot; a pack's reference, fes-meknes@1.0, does not.
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[^\W\d_][\w-]+"), "<mail>"),
    (re.compile(r"(?<![\w.:-])(?:\+|00)?(?:212[\s.-]?|0)[5-7](?:[\s.-]?\d){8}(?!\d)"), "<phone>"),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"), "<token>"),
)
# Libraries that tell the story of every connection at INFO.
CHATTY = ("kafka", "pymongo", "httpx", "httpcore", "werkzeug", "urllib3", "asyncio")


def configure(settings: Settings, process: str, stream: TextIO | None = None) -> None:
    """Send the logs of this process and of its libraries to `stream` (standard output) from the level in the settings."""
    origin = {"service": settings.service, "instance": settings.instance, "process": process}
    level = logging.getLevelNamesMapping()[settings.log_level]
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        _Origin(origin),
        _cause,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="timestamp"),
    ]
    structlog.configure(
        processors=[*common, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(_formatter(common))
    _route_libraries(handler, level)


def _formatter(common: list[Processor]) -> logging.Formatter:
    finish: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        _without_personal_data,
        structlog.processors.JSONRenderer(json.dumps, ensure_ascii=False, default=str),
    ]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=[*common, _as_library_line], processors=finish)


def _route_libraries(handler: logging.Handler, level: int) -> None:
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


class _Origin:
    """Adds which service and process speaks."""

    def __init__(self, origin: dict[str, str]) -> None:
        self._origin = origin

    def __call__(self, _logger: Any, _method: str, line: Line) -> Line:
        return {**self._origin, **line}


def _cause(_logger: Any, _method: str, line: Line) -> Line:
    """Add what caused the work at hand, unless the line itself says so."""
    context = current()
    for field in ("correlation", "causation", "by"):
        value = getattr(context, field)
        if value is not None:
            line.setdefault(field, value)
    return line


def _as_library_line(_logger: Any, _method: str, line: Line) -> Line:
    """Give a library's free text a static event name."""
    record: logging.LogRecord = line["_record"]
    return {**line, "event": "library.message", "logger": record.name, "message": line["event"]}


def _without_personal_data(_logger: Any, _method: str, line: Line) -> Line:
    return {key: _masked(key, value) for key, value in line.items() if key not in DROPPED}


def _masked(key: str, value: Any) -> Any:
    if isinstance(value, MutableMapping):
        return {inner: _masked(str(inner), kept) for inner, kept in value.items() if inner not in DROPPED}
    if isinstance(value, list | tuple):
        return [_masked(key, item) for item in value]
    if isinstance(value, BaseException):
        value = f"{type(value).__name__}: {value}"
    if isinstance(value, str) and key != "timestamp":
        for pattern, instead in MASKS:
            value = pattern.sub(instead, value)
    return value
