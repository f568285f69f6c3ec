"""The last lines of every process's log, without what no other machine should read."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from chassis.logs import DROPPED
from operator_cli.stack.layout import SERVICES
from operator_cli.support.letters import hashed
from operator_cli.support.scrub import ENCODED, Scrubber

LONGEST_LINE = 4096
"""Bytes of a line for which room is made; longer lines make for fewer of them."""
BARE_CODE = re.compile(r"^\s*[A-Za-z0-9+/=]{32,}\s*$", re.MULTILINE)
"""A line of nothing else, such as the inside of a key whose beginning lies before the last lines."""
ACTOR = "by"
"""Who acted: the subject of a token, which may be a person's name that no register knows."""
# Fields whose texts the code itself chooses, none of them from data.
STATIC = frozenset(
    {"event", "level", "timestamp", "service", "instance", "process", "correlation", "causation", "request", "loop", "loops"}
    | {"kind", "logger", "route", "method", "topic", "state", "check", "cause", "gauge"}
)
_SIMPLE = re.compile(r"[\w.:+<>/ -]{1,120}")


def last_lines(path: Path, most: int) -> list[str]:
    """The last lines of a file, read from its end."""
    with path.open("rb") as file:
        file.seek(0, 2)
        begin = max(0, file.tell() - most * LONGEST_LINE)
        file.seek(begin)
        lines = file.read().decode("utf-8", "replace").splitlines()
    return lines[1 if begin else 0 :][-most:]


def scrubbed(process: str, lines: Iterable[str], scrubber: Scrubber) -> Iterator[str]:
    """Lines as they may leave this machine.

    Where the register could not be asked whom it knows (``scrubber.people`` is None), nobody can find names in free text: then
    of a service's lines only what the code itself wrote is left.
    """
    strict = scrubber.people is None and process.partition("-")[0] in SERVICES
    for structured, group in groupby(lines, lambda line: _structured(line) is not None):
        if structured:
            yield from (_line(_structured(line) or {}, scrubber, strict=strict) for line in group)
        else:
            # Together: a key or an exception has several lines.
            yield from _free("\n".join(group), scrubber, strict=strict)


def _structured(line: str) -> dict[str, Any] | None:
    if not line.startswith("{"):
        return None
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _line(line: Mapping[str, Any], scrubber: Scrubber, *, strict: bool) -> str:
    kept = {name: value for name, value in line.items() if name.lower() not in DROPPED}
    if isinstance(kept.get(ACTOR), str):
        kept[ACTOR] = hashed(kept[ACTOR])
    if strict:
        kept = {name: value for name, value in kept.items() if _is_static(name, value)}
    return json.dumps(_bare(scrubber.value(kept)), ensure_ascii=False)


def _bare(found: Any) -> Any:
    if isinstance(found, dict):
        return {name: _bare(value) for name, value in found.items() if name.lower() not in DROPPED}
    return BARE_CODE.sub(ENCODED, found) if isinstance(found, str) else found


def _is_static(name: str, value: Any) -> bool:
    if isinstance(value, bool | int | float) or value is None:
        return True
    texts = value if isinstance(value, list) else [value]
    return name in STATIC and all(isinstance(text, str) and _SIMPLE.fullmatch(text) for text in texts)


def _free(text: str, scrubber: Scrubber, *, strict: bool) -> list[str]:
    if strict:
        return [f"<left out: {len(text.splitlines())} lines of free text>"]
    return BARE_CODE.sub(ENCODED, scrubber.text(text)).splitlines()
