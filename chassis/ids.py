"""Identifiers of aggregates, events and requests."""

import uuid_utils


def new_id() -> str:
    """Return a UUIDv7 as a string: 36 lower-case characters that sort, within one process, in the order they were made."""
    return str(uuid_utils.uuid7())
