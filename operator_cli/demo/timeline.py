"""When what happens: days of the programme, counted from its first one, and half-days on working days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from vocabulary.legal_days import CASABLANCA

LENGTH = timedelta(days=150)
"""How far back the programme begins, so that all of it is over today."""

DIAGNOSTICS, OPENING, COHORT = timedelta(days=10), timedelta(days=24), timedelta(days=31)
FIRST_WAVE, BETWEEN_WAVES = timedelta(days=45), timedelta(days=28)
ENROLMENT = timedelta(days=10)
"""From the day on which a wave of sessions takes enrolments to its first half-day."""

WORKING_DAYS = 5
MORNING, EVENING = time(8, 0), time(18, 0)

HalfDay = dict[str, str]
"""As the API takes it: {"date": "2026-03-02", "part": "am"}."""


def first_day(today: date) -> date:
    """The first day of a programme that is to be over today."""
    return today - LENGTH


@dataclass(frozen=True)
class Timeline:
    """The days of a programme that begins on `begins`."""

    begins: date

    def morning(self, after: timedelta) -> datetime:
        """Eight in the morning, so long after the first day."""
        return at(self.begins + after, MORNING)

    def cohort_days(self, half_days: int) -> list[date]:
        """The days of the training of trainers, two half-days each."""
        return _working_days(self.begins + COHORT + timedelta(days=7), (half_days + 1) // 2)

    def enrolment_opens(self, wave: int) -> datetime:
        """When a wave's sessions take enrolments; waves count from 0."""
        return self.morning(FIRST_WAVE + wave * BETWEEN_WAVES)

    def session_days(self, wave: int, half_days: int) -> list[date]:
        """The days of a session of a wave."""
        return _working_days(self.begins + FIRST_WAVE + wave * BETWEEN_WAVES + ENROLMENT, (half_days + 1) // 2)


def half_days_of(days: list[date], count: int) -> list[HalfDay]:
    """The first `count` half-days of these days, mornings before afternoons."""
    return [{"date": day.isoformat(), "part": part} for day in days for part in ("am", "pm")][:count]


def evening(day: date) -> datetime:
    """When both half-days of a day are over."""
    return at(day, EVENING)


def at(day: date, hour: time) -> datetime:
    """A moment in Casablanca."""
    return datetime.combine(day, hour, CASABLANCA)


def _working_days(earliest: date, count: int) -> list[date]:
    """The first working days from a day on."""
    days: Iterator[date] = (earliest + timedelta(days=n) for n in range(count * 3 + 3))
    return [day for day in days if day.weekday() < WORKING_DAYS][:count]
