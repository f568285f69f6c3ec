"""Sessions and enrolments over HTTP."""

from marshmallow import fields, validate

from chassis.http import PageArguments
from chassis.schemas import Identifier, Instant, Integer, List, Schema, String
from services.training.attendance.schemas import HalfDaySchema, RegisterSchema
from services.training.sessions.model import SessionState
from services.training.sessions.places import FIRST, LAST, USUAL


class PlanSession(Schema):
    """A session to plan: as many half-days as the module plans, still to come."""

    module = Identifier(required=True)
    trainer = Identifier(required=True, metadata={"description": "Actor id of a certified trainer of the region."})
    commune = Identifier(required=True, metadata={"description": "HCP code; says the province and the region too."})
    half_days = List(fields.Nested(HalfDaySchema), required=True, min_items=1, max_items=100)
    capacity = Integer(low=1, high=200, metadata={"description": "Seats; the module's own if left out."})
    seats_per_association = Integer(low=1, high=200, metadata={"description": "The module's own if left out."})


class Enrol(Schema):
    """Whom to enrol. On the waiting list priority 1 goes before 2, 2 before 3."""

    person = Identifier(required=True, metadata={"description": "Actor id."})
    priority = Integer(low=FIRST, high=LAST, load_default=USUAL)


class Cancel(Schema):
    """Why a session is cancelled; no names of people, since partners and monitoring read it."""

    reason = String(required=True, min_length=3, max_length=200)


class SessionsOf(PageArguments):
    """Which sessions."""

    region = Identifier(metadata={"description": "HCP code of the region, such as 03."})
    province = Identifier(metadata={"description": "HCP code of the province, such as 03.591."})
    module = Identifier()
    state = String(validate=validate.OneOf([state.value for state in SessionState]))


class SeatsView(Schema):
    """Seats and who wants them, in numbers."""

    capacity = Integer()
    per_association = Integer(attribute="seats_per_association")
    taken = Integer()
    offered = Integer()
    free = Integer()
    waiting = fields.Function(lambda places: len(places.waiting), metadata={"type": "integer"})


class SessionView(Schema):
    """A session in a list."""

    id = String()
    region = String()
    province = String()
    commune = String()
    module = String()
    trainer = String()
    state = String()
    reason = String()
    starts = Instant(attribute="register.starts")
    ends = Instant(attribute="register.ends")
    seats = fields.Nested(SeatsView, attribute="places")


class EntryView(Schema):
    """An enrolment in its session; `until` is the end of an offer, `why` the reason of its last decision."""

    id = String()
    person = String()
    association = String()
    priority = Integer()
    since = Instant()
    state = String()
    until = Instant()
    why = String()


class DecisionView(Schema):
    """What followed when the entry `after` gave up its seat: who was offered it, or why nobody was."""

    at = Instant()
    after = String()
    offered_to = String()
    why = String()


class SessionDetail(SessionView):
    """A session with its register, its enrolments and the decisions about its seats."""

    register = fields.Nested(RegisterSchema)
    enrolments = List(fields.Nested(EntryView), attribute="places.entries")
    decisions = List(fields.Nested(DecisionView), attribute="places.decisions")


class EnrolmentView(Schema):
    """One enrolment; `position` is its place in line while it waits, `decision` what its seat's end led to."""

    id = String(attribute="entry.id")
    session = String(attribute="session.id")
    person = String(attribute="entry.person")
    association = String(attribute="entry.association")
    priority = Integer(attribute="entry.priority")
    since = Instant(attribute="entry.since")
    state = String(attribute="entry.state")
    until = Instant(attribute="entry.until")
    why = String(attribute="entry.why")
    position = Integer()
    decision = fields.Nested(DecisionView)
