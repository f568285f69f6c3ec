"""What training says of sessions. People and associations are ids; `enrolment` is the entry's id within its session."""

from datetime import datetime
from typing import Literal

from chassis.events import event
from services.training.attendance.events import HalfDayPlanned

WhyWaiting = Literal["full", "association-quota"]
WhyNext = Literal["next-in-line", "nobody-waiting", "association-quota", "no-seat-freed", "session-started"]

_WHO = {
    "enrolment": "0192f3a1-7c00-7000-8000-000000000004",
    "person": "0192f3a1-7c00-7000-8000-000000000001",
    "association": "0192f3a1-7c00-7000-8000-000000000003",
}
_NEXT = {"offered_to": "0192f3a1-7c00-7000-8000-000000000005", "why": "next-in-line"}


@event(
    "ma.nassij.training.session.planned.v1",
    example={
        "module": "OD-05",
        "starts": "2024-04-11T08:00:00Z",
        "ends": "2024-04-12T16:30:00Z",
        "half_days": [
            {"date": "2024-04-11", "part": "am"},
            {"date": "2024-04-11", "part": "pm"},
            {"date": "2024-04-12", "part": "am"},
            {"date": "2024-04-12", "part": "pm"},
        ],
        "capacity": 20,
        "seats_per_association": 2,
        "commune": "03.591.01.03",
        "trainer": "0192f3a1-7c00-7000-8000-000000000009",
    },
)
class SessionPlanned:
    """A session of a module stands in the calendar and takes enrolments until it starts."""

    module: str
    starts: datetime
    ends: datetime
    half_days: list[HalfDayPlanned]
    capacity: int
    seats_per_association: int
    commune: str
    trainer: str


@event("ma.nassij.training.session.enrolled.v1", example={**_WHO, "by_offer": False})
class SessionEnrolled:
    """A person has a seat, at once or by taking an offer."""

    enrolment: str
    person: str
    association: str
    by_offer: bool


@event("ma.nassij.training.session.waitlisted.v1", example={**_WHO, "priority": 2, "why": "full"})
class SessionWaitlisted:
    """A person waits: every seat is taken, or those that their association may have."""

    enrolment: str
    person: str
    association: str
    priority: int
    why: WhyWaiting


@event("ma.nassij.training.session.seat-offered.v1", example={**_WHO, "until": "2024-04-05T10:00:00Z"})
class SessionSeatOffered:
    """A seat is held for a person until then."""

    enrolment: str
    person: str
    association: str
    until: datetime


@event("ma.nassij.training.session.offer-declined.v1", example={**_WHO, **_NEXT})
class SessionOfferDeclined:
    """A person refused the offered seat; it passed to `offered_to`, or to nobody, and why."""

    enrolment: str
    person: str
    association: str
    offered_to: str | None
    why: WhyNext


@event("ma.nassij.training.session.offer-expired.v1", example={**_WHO, "until": "2024-04-05T10:00:00Z", **_NEXT})
class SessionOfferExpired:
    """A person did not answer an offer in time; the seat passed to `offered_to`, or to nobody, and why."""

    enrolment: str
    person: str
    association: str
    until: datetime
    offered_to: str | None
    why: WhyNext


@event("ma.nassij.training.session.withdrawn.v1", example={**_WHO, **_NEXT})
class SessionWithdrawn:
    """A person gave up their seat, offer or wait; a freed seat passed to `offered_to`, or to nobody, and why."""

    enrolment: str
    person: str
    association: str
    offered_to: str | None
    why: WhyNext


@event("ma.nassij.training.session.attendance-recorded.v1", example={"half_day": 1, "present": [_WHO["person"]]})
class SessionAttendanceRecorded:
    """The sheet of a half-day was recorded or corrected: those present, in place of what was said before."""

    half_day: int
    present: list[str]


@event("ma.nassij.training.session.closed.v1", example={"completions": 17})
class SessionClosed:
    """The session is over; so many completed it."""

    completions: int


@event("ma.nassij.training.session.cancelled.v1", example={"reason": "Salle indisponible", "persons": [_WHO["person"]]})
class SessionCancelled:
    """The session is not held; `persons` had a seat, an offer or a place in line."""

    reason: str
    persons: list[str]
