"""Lines of logs for people, and for programs."""

import json
from typing import Any

import click

from operator_cli.logs.lines import Line

COLOURS = {"debug": "bright_black", "warning": "yellow", "error": "red", "critical": "bright_red"}
# Told by the line's beginning.
_SAID = frozenset({"service", "instance", "process", "timestamp", "level", "event", "exception"})


def for_people(line: Line, width: int, hidden: str | None = None) -> str:
    """Time (UTC), process, level, event and fields; ``hidden`` is the id that was asked for, which every line has."""
    process, level = click.style(line.process.ljust(width), fg="cyan"), click.style(f"{line.level:8}", fg=COLOURS.get(line.level))
    begin = f"{line.time:%Y-%m-%d %H:%M:%S}.{line.time.microsecond // 1000:03} {process} {level}"
    if line.fields is None:
        return f"{begin} {_plain(line.text)}"
    fields = [f"{name}={_value(value)}" for name, value in line.fields.items() if name not in _SAID and value != hidden]
    event = click.style(str(line.fields.get("event", "")), bold=True)
    trace = "".join(f"\n    {_plain(row)}" for row in str(line.fields.get("exception", "")).splitlines())
    return f"{begin} {' '.join([event, *fields])}{trace}"


def for_programs(line: Line) -> str:
    """The line as it was written where it is JSON; a text is put into JSON."""
    if line.fields is not None:
        return line.text
    told = {"process": line.process, "timestamp": line.time.isoformat(), "level": line.level, "message": line.text}
    return json.dumps(told, ensure_ascii=False)


def _value(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return json.dumps(text, ensure_ascii=False) if not text or " " in text or not text.isprintable() else text


def _plain(text: str) -> str:
    """Without what a terminal would take for an order."""
    return "".join(letter if letter.isprintable() or letter == "\t" else "�" for letter in text)
