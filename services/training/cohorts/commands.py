"""Opening a cohort, filling it, following it, closing it."""

from collections.abc import Sequence

from chassis import clock
from chassis.commands import command
from chassis.queries import get
from services.training.actors import queries as actors
from services.training.attendance.model import HalfDay
from services.training.catalogue import queries as catalogues
from services.training.cohorts.model import Cohort
from services.training.completions import commands as completions


@command
def open_cohort(region: str, course: str, seats: int | None, half_days: Sequence[HalfDay]) -> Cohort:
    """Open a cohort for the course of a region."""
    return Cohort.open(catalogues.of_region(region), course, seats, half_days, clock.now()).save()


@command
def add_candidates(cohort_id: str, persons: Sequence[str]) -> Cohort:
    """Take actors of the region as candidates."""
    cohort = get(Cohort, cohort_id)
    cohort.add_candidates(actors.known(persons, region=cohort.region), clock.now())
    return cohort.save()


@command
def select(cohort_id: str, persons: Sequence[str]) -> Cohort:
    """Select candidates."""
    cohort = get(Cohort, cohort_id)
    cohort.select(persons, clock.now())
    return cohort.save()


@command
def note_attendance(cohort_id: str, half_day: int, present: Sequence[str]) -> Cohort:
    """Record or correct the sheet of a half-day."""
    cohort = get(Cohort, cohort_id)
    cohort.note_attendance(half_day, present, clock.now())
    return cohort.save()


@command
def close(cohort_id: str) -> Cohort:
    """End a cohort and record who completed it, at once."""
    cohort = get(Cohort, cohort_id)
    completions.record(*cohort.close(clock.now()))
    return cohort.save()
