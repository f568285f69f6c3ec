"""What training says of completions."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from chassis.events import event


@dataclass(frozen=True, kw_only=True)
class ActivityRef:
    """What was completed: a session or a cohort, by id."""

    kind: Literal["session", "cohort"]
    id: str


@event(
    "ma.nassij.training.completion.recorded.v1",
    example={
        "person": "0192f3a1-7c00-7000-8000-000000000001",
        "activity": {"kind": "session", "id": "0192f3a1-7c00-7000-8000-000000000002"},
        "module": "OD-04",
        "association": "0192f3a1-7c00-7000-8000-000000000003",
        "attendance": 0.833,
        "half_days_attended": 5,
        "half_days_planned": 6,
        "on": "2024-04-12",
    },
)
class CompletionRecorded:
    """A person attended enough of an activity's planned half-days.

    `module` is the module's code, or the course's for a cohort. `attendance` is the share of all planned half-days, 0 to 1.
    `on` is the day of the last half-day.
    """

    person: str
    activity: ActivityRef
    module: str
    association: str
    attendance: float
    half_days_attended: int
    half_days_planned: int
    on: date
