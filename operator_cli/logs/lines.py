"""One line of a log: JSON as our processes write it, or text as others do."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

LEVELS = ("debug", "info", "warning", "error", "critical")
ID_FIELDS = ("correlation", "causation", "request", "event_id", "error_id")
"""The fields that name what a line is about."""

_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?")
_LEVEL = re.compile(r"\b(?P<level>TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|CRITICAL)\b|level='(?P<own>\w+)'")
_BEGINNING = 200
"""So many characters of a text are looked through for its time and level."""

_SAME = {"trace": "debug", "warn": "warning", "fatal": "critical", "exception": "error"}


@dataclass(frozen=True, slots=True)
class Line:
    """What one process wrote at one moment. ``fields`` is None where it is no JSON."""

    process: str
    time: datetime
    level: str
    text: str
    fields: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are wanted."""

    about: str | None = None
    level: str = LEVELS[0]
    since: datetime | None = None

    def may_hold(self, raw: bytes) -> bool:
        """Whether it is worth while to take a line apart: most are about something else."""
        return self.about is None or self.about.encode() in raw

    def holds(self, line: Line) -> bool:
        """Whether a line is wanted."""
        if self.about is not None and not (line.fields and any(line.fields.get(name) == self.about for name in ID_FIELDS)):
            return False
        return (self.since is None or line.time >= self.since) and LEVELS.index(line.level) >= LEVELS.index(self.level)


@dataclass
class Reader:
    """Takes the lines of one file apart, in their order: one without a time or level has those of the line before it."""

    process: str
    time: datetime
    level: str = field(default="info")

    def read(self, raws: Iterable[bytes], wanted: Wanted) -> Iterator[Line]:
        """The wanted ones among these lines."""
        for raw in raws:
            if wanted.may_hold(raw):
                line = self._line(raw.decode("utf-8", "replace").rstrip("\r\n"))
                if line.text and wanted.holds(line):
                    yield line

    def _line(self, text: str) -> Line:
        fields = _fields(text)
        if fields is not None:
            time, level = _time(str(fields.get("timestamp", ""))), str(fields.get("level", "info"))
        else:
            found, said = _TIME.search(text, 0, _BEGINNING), _LEVEL.search(text, 0, _BEGINNING)
            time = _time(found[0]) if found else None
            level = ((said["level"] or said["own"]).lower() if said else "info") if found else self.level
        level = _SAME.get(level, level)
        self.time, self.level = time or self.time, level if level in LEVELS else "info"
        return Line(self.process, self.time, self.level, text, fields)


def _fields(text: str) -> dict[str, Any] | None:
    if not text.startswith("{"):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _time(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.replace(",", "."))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
