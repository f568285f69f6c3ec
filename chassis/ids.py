"""Identifiers of aggregates, events and requests."""

from datetime import datetime

import uuid_utils


def new_id() -> str:
    """Return a UUIDv7 as a string: 36 lower-case characters that sort, within one process, in the order they were made."""
    return str(uuid_utils.uuid7())


def earliest_id(at: datetime) -> str:
    """Return a text that sorts before every id made at this moment of the machine's time or later, and after those before."""
    digits = f"{int(at.timestamp() * 1000):012x}"
    return f"{digits[:8]}-{digits[8:]}"


def made_at(text: str) -> float | None:
    """When a UUIDv7 was made, in seconds since 1970 of the machine's time; None for any other text."""
    if len(text) != 36 or text[14] != "7" or text[8:24:5] != "----":  # noqa: PLR2004 - as long as any UUID
        return None
    try:
        raw = bytes.fromhex(text.replace("-", ""))
    except ValueError:
        return None
    return int.from_bytes(raw[:6]) / 1000 if len(raw) == 16 else None  # noqa: PLR2004 - blanks would be passed over
