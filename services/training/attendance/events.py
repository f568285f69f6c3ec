"""What events say of half-days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.training.attendance.model import HalfDay


@dataclass(frozen=True, kw_only=True)
class HalfDayPlanned:
    """One half of a legal day: 09:00 to 12:30 (am) or 14:00 to 17:30 (pm) in Africa/Casablanca."""

    date: date
    part: Literal["am", "pm"]


def planned(half_days: Iterable[HalfDay]) -> list[HalfDayPlanned]:
    """Half-days as events carry them."""
    return [HalfDayPlanned(date=half_day.date, part=half_day.part.value) for half_day in half_days]
