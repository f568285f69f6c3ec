"""The row `bulk`: a projection that hands back bulk writes, and publishes an event for each of the feed's."""

from pymongo import UpdateOne

from chassis.aggregate import Stored
from chassis.events import Received, event
from chassis.outbox.rows import outbox_row
from chassis.reactions import reaction
from chassis.store.unit import OUTBOX, inserts, require_unit
from tests.bench.work import Run, session_id

RUN = Run.current()


@event(
    f"ma.nassij.{RUN.name}.attendance.noted.v1",
    example={"session": session_id(1), "person": session_id(2), "half_days": 1, "note": "n"},
)
class AttendanceNoted:
    session: str
    person: str
    half_days: int
    note: str


class Attendance(Stored):
    meta = {"collection": "attendances"}


@reaction(f"ma.nassij.{RUN.feed}.session.attended.v1")
def note(received: Received) -> None:
    data = received.data
    changes = {"$inc": {"entries": 1, "half_days": data["half_days"]}, "$set": {"last_person": data["person"]}}
    unit = require_unit()
    unit.add("attendances", UpdateOne({"_id": data["session"]}, changes, upsert=True))
    row = outbox_row(
        AttendanceNoted(**data),
        subject_id=data["session"],
        sequence=received.sequence,
        region=received.region,
        province=received.province,
    )
    unit.add(OUTBOX, *inserts([row]))
