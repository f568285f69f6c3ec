"""Ids that follow a piece of work through services: W3C traceparent, and our own correlation id."""

import re
import secrets

from chassis.ids import new_id
from chassis.problems import BadRequest
from chassis.telemetry.traceparent import Traceparent, read

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
_KEY = re.compile(r"[\x21-\x7e]{1,200}")


def continued(traceparent: str | None) -> str:
    """Return a traceparent for our part of the caller's trace, or of a new one if the caller sent none that holds."""
    found = read(traceparent)
    trace, flags = (found.trace, found.flags) if found else (secrets.token_hex(16), "00")
    return str(Traceparent(trace, secrets.token_hex(8), flags))


def correlation(sent: str | None) -> str:
    """Return the caller's correlation id if it is one, else a new one."""
    return sent if sent and _ID.fullmatch(sent) else new_id()


def idempotency_key(sent: str | None) -> str | None:
    """Return the caller's key. Raises BadRequest for one that could not be kept."""
    if sent is None:
        return None
    if not _KEY.fullmatch(sent):
        sentence = "Idempotency-Key takes 1 to 200 printable ASCII characters without spaces; a UUID is a good one."
        raise BadRequest("idempotency-key-invalid", sentence)
    return sent
