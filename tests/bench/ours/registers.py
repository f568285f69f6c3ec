"""The row `reaction`: an aggregate that is loaded, asked by a rule, saved, and says what happened."""

from mongoengine import IntField, StringField

from chassis.aggregate import Aggregate
from chassis.commands import command
from chassis.events import Received, event
from chassis.problems import RuleBroken
from chassis.queries import get
from chassis.reactions import reaction
from tests.bench.work import Run, session_id

RUN = Run.current()


@event(
    f"ma.nassij.{RUN.name}.register.entered.v1",
    example={"person": session_id(2), "half_days": 1, "total": 1, "note": "n"},
)
class RegisterEntered:
    person: str
    half_days: int
    total: int
    note: str


class Register(Aggregate):
    subject = "register"
    territory = ("region",)

    id = StringField(primary_key=True)
    region = StringField(required=True)
    title = StringField(required=True)
    limit = IntField(required=True)
    entries = IntField(required=True, default=0)
    half_days = IntField(required=True, default=0)
    last_person = StringField()

    meta = {"collection": "registers"}

    def enter(self, person: str, half_days: int, note: str) -> None:
        if self.half_days + half_days > self.limit:
            raise RuleBroken("register-full", "This register takes no more half-days.", limit=self.limit)
        self.half_days += half_days
        self.entries += 1
        self.last_person = person
        self.record(RegisterEntered(person=person, half_days=half_days, total=self.half_days, note=note))


@command
def enter_register(session: str, person: str, half_days: int, note: str) -> Register:
    register = get(Register, session)
    register.enter(person, half_days, note)
    return register.save()


@reaction(f"ma.nassij.{RUN.feed}.session.attended.v1", loads=lambda event: {Register: [event.data["session"]]})
def enter(received: Received) -> None:
    enter_register(**received.data)
