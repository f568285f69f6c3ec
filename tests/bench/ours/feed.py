"""The feed as a service: sessions that are planned over HTTP and attended, and say so."""

from datetime import datetime

from mongoengine import DateTimeField, IntField, StringField

from chassis.aggregate import Aggregate
from chassis.commands import command
from chassis.events import event
from chassis.ids import new_id
from chassis.problems import RuleBroken
from chassis.queries import get
from tests.bench.work import Run, session_id

RUN = Run.current()
EXAMPLE = {"session": session_id(1), "person": session_id(2), "half_days": 1, "note": "n"}


@event(f"ma.nassij.{RUN.feed}.session.planned.v1", example={"title": "t", "starts": "2026-11-02T09:00:00Z", "capacity": 24})
class SessionPlanned:
    title: str
    starts: datetime
    capacity: int


@event(f"ma.nassij.{RUN.feed}.session.attended.v1", example=EXAMPLE)
class SessionAttended:
    session: str
    person: str
    half_days: int
    note: str


class Session(Aggregate):
    subject = "session"
    territory = ("region",)

    id = StringField(primary_key=True)
    region = StringField(required=True)
    title = StringField(required=True)
    starts = DateTimeField(required=True)
    capacity = IntField(required=True)
    half_days = IntField(required=True, default=0)

    meta = {"collection": "sessions"}

    def plan(self) -> None:
        if self.capacity < 1:
            raise RuleBroken("session-without-seats", "A session has at least one seat.")
        self.record(SessionPlanned(title=self.title, starts=self.starts, capacity=self.capacity))

    def attend(self, person: str, half_days: int, note: str) -> None:
        self.half_days += half_days
        self.record(SessionAttended(session=self.id, person=person, half_days=half_days, note=note))


@command
def plan_session(region: str, title: str, starts: datetime, capacity: int, key: str | None = None) -> Session:
    session = Session(id=key or new_id(), region=region, title=title, starts=starts, capacity=capacity)
    session.plan()
    return session.save()


@command
def attend_session(session: str, person: str, half_days: int, note: str) -> Session:
    found = get(Session, session)
    found.attend(person, half_days, note)
    return found.save()
