"""What lies in the outbox."""

from datetime import UTC, datetime
from typing import Any

from chassis import clock
from chassis.context import current
from chassis.events import as_headers, type_of
from chassis.identity import identity
from chassis.ids import new_id

Row = dict[str, Any]


def outbox_row(happened: object, *, subject_id: str, sequence: int, region: str | None, province: str | None) -> Row:
    """The row that publishes ``happened``. Its ``_id`` is the event's id, a UUIDv7: ids order as they were made.

    Raises:
        msgspec.ValidationError: the event does not keep to its own contract.

    """
    declared, context, event_id = type_of(happened), current(), new_id()
    key = f"{declared.subject}/{subject_id}"
    return {
        "_id": event_id,
        "topic": declared.topic,
        "key": key,
        "sequence": sequence,
        "attributes": {
            "specversion": "1.0",
            "id": event_id,
            "type": declared.name,
            "source": declared.source,
            "subject": key,
            "time": clock.now().isoformat(),
            "sequence": str(sequence),
            "region": region or "",
            "province": province or "",
            "cell": identity().cell,
            "traceparent": context.traceparent or "",
            "correlation": context.correlation or event_id,
            "causation": context.causation or "",
            "by": context.by or "",
        },
        "value": declared.encode(happened),
        "at": datetime.now(UTC),  # the machine's own time: how long it lies here is no matter of the programme's days
        "pending": True,
    }


def as_record(row: Row) -> tuple[bytes, bytes, list[tuple[str, bytes]]]:
    """Key, value and headers of the record that a row becomes."""
    return row["key"].encode(), row["value"], as_headers(row["attributes"])
