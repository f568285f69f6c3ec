"""Taking note of every event."""

from typing import Any

from pymongo import InsertOne

from chassis.events import Received
from chassis.reactions import reaction
from chassis.store.unit import require_unit
from services.observatory.stories.model import Told
from services.observatory.stories.references import references


@reaction("ma.nassij.registry.*")
@reaction("ma.nassij.training.*")
@reaction("ma.nassij.certification.*")
@reaction("ma.nassij.notifications.*")
def tell(event: Received) -> None:
    """Keep where an event stands; written in bulk with the others of its batch."""
    require_unit().add(Told.collection_name(), InsertOne(row_of(event)))


def row_of(event: Received) -> dict[str, Any]:
    """An event as it is kept. Raises msgspec.DecodeError where its data are not JSON."""
    row = {
        # In the order of a stream's events, so that a stream is read as one range.
        "_id": f"{event.key}|{event.source}|{event.sequence:010d}",
        "version": 1,
        "guard": 0,
        "event": event.id,
        "type": event.type,
        "source": event.source,
        "key": event.key,
        "sequence": event.sequence,
        "region": event.region,
        "province": event.province,
        "time": event.time,
        "correlation": event.correlation,
        "causation": event.causation,
        "by": event.by,
        "refs": references(event.data, event.key),
    }
    return {name: value for name, value in row.items() if value is not None}
