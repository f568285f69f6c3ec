"""What training says of cohorts."""

from datetime import datetime

from chassis.events import event
from services.training.attendance.events import HalfDayPlanned

_PERSON = "0192f3a1-7c00-7000-8000-000000000001"


@event(
    "ma.nassij.training.cohort.opened.v1",
    example={
        "course": "TOT-01",
        "seats": 24,
        "starts": "2024-02-05T08:00:00Z",
        "ends": "2024-02-05T16:30:00Z",
        "half_days": [{"date": "2024-02-05", "part": "am"}, {"date": "2024-02-05", "part": "pm"}],
    },
)
class CohortOpened:
    """A training of trainers is planned and takes candidates."""

    course: str
    seats: int
    starts: datetime
    ends: datetime
    half_days: list[HalfDayPlanned]


@event("ma.nassij.training.cohort.selected.v1", example={"person": _PERSON, "association": _PERSON, "course": "TOT-01"})
class CohortSelected:
    """A candidate was selected."""

    person: str
    association: str
    course: str


@event("ma.nassij.training.cohort.attendance-recorded.v1", example={"half_day": 1, "present": [_PERSON]})
class CohortAttendanceRecorded:
    """The sheet of a half-day was recorded or corrected: those present, in place of what was said before."""

    half_day: int
    present: list[str]


@event("ma.nassij.training.cohort.closed.v1", example={"completions": 24})
class CohortClosed:
    """The cohort is over; so many completed it."""

    completions: int
