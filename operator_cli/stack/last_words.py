"""What a process said before it ended, short enough for a sentence."""

import json
import re
from pathlib import Path

TAIL = 15
LONGEST = 300
ERROR = re.compile(r"(\w+\.)*\w+(Error|Exception): ")


def last_words(log: Path) -> str:
    """The error that a log ends with if it does, else its last line; "(nothing)" for an empty one."""
    try:
        lines = log.read_text(errors="replace").splitlines()[-TAIL:]
    except FileNotFoundError:
        lines = []
    said = [_plain(line) for line in lines if line.strip()]
    errors = [line for line in said if ERROR.search(line)]
    return (errors or said or ["(nothing)"])[-1][:LONGEST]


def _plain(line: str) -> str:
    """A structured line as its event and its error; any other as it is."""
    try:
        found = json.loads(line)
    except ValueError:
        return line.strip()
    if not isinstance(found, dict):
        return line.strip()
    raised = str(found.get("exception") or found.get("error") or "").strip().splitlines()
    return ": ".join(part for part in (str(found.get("event", "")), raised[-1] if raised else "") if part)
