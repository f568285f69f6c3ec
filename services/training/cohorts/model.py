"""Cohorts: the training of trainers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Self

from mongoengine import EmbeddedDocument, EmbeddedDocumentField, EmbeddedDocumentListField, EnumField, IntField, StringField

from chassis.aggregate import Aggregate
from chassis.ids import new_id
from chassis.problems import RuleBroken
from services.training.actors.model import Actor
from services.training.attendance.events import planned
from services.training.attendance.model import HalfDay, Register
from services.training.catalogue.model import Catalogue
from services.training.cohorts.events import CohortAttendanceRecorded, CohortClosed, CohortOpened, CohortSelected
from services.training.completions.model import Completer, Ended


class CohortState(StrEnum):
    """How far a cohort has come."""

    OPEN = "open"
    CLOSED = "closed"


class Member(EmbeddedDocument):
    """A candidate or a selected person."""

    person = StringField(required=True)
    association = StringField(required=True)


class Cohort(Aggregate):
    """A group of actors of one region who follow the course for trainers together."""

    subject = "cohort"
    territory = ("region",)

    id = StringField(primary_key=True)
    region = StringField(required=True)
    course = StringField(required=True)
    seats = IntField(required=True, min_value=1)
    state = EnumField(CohortState, default=CohortState.OPEN)
    register = EmbeddedDocumentField(Register, required=True)
    candidates = EmbeddedDocumentListField(Member)
    selected = EmbeddedDocumentListField(Member)

    meta = {"collection": "cohorts", "indexes": ["region"]}

    @classmethod
    def open(cls, catalogue: Catalogue, course: str, seats: int | None, half_days: Sequence[HalfDay], now: datetime) -> Self:
        """Open a cohort for the course of the region's catalogue; ``seats`` are the course's unless fewer are given.

        Raises:
            RuleBroken: it is not the region's course, it has fewer seats, or the half-days are not as it plans them.

        """
        found = catalogue.course(course)
        if seats is not None and seats > found.seats:
            raise RuleBroken("too-many-seats", f"A cohort of this course has {found.seats} seats at most.", seats=found.seats)
        needed = catalogue.curriculum.half_days_needed(found.half_days)
        register = Register.planned(half_days, length=found.half_days, needed=needed, now=now)
        cohort = cls(id=new_id(), region=catalogue.region, course=course, seats=seats or found.seats, register=register)
        cohort.record(
            CohortOpened(
                course=course,
                seats=cohort.seats,
                starts=register.starts,
                ends=register.ends,
                half_days=planned(register.half_days),
            )
        )
        return cohort

    @property
    def members(self) -> set[str]:
        """The ids of the selected."""
        return {member.person for member in self.selected}

    def add_candidates(self, actors: Iterable[Actor], now: datetime) -> None:
        """Take candidates; one who is listed already stays listed.

        Raises:
            RuleBroken: the cohort has begun or is closed.

        """
        self._must_take_people(now)
        listed = {member.person for member in self.candidates}
        for actor in actors:
            if actor.id not in listed:
                listed.add(actor.id)
                self.candidates.append(Member(person=actor.id, association=actor.association))

    def select(self, persons: Sequence[str], now: datetime) -> None:
        """Select candidates, all of them or none.

        Raises:
            RuleBroken: the cohort has begun or is closed, somebody is no candidate or selected already, or there are
                more than seats.

        """
        self._must_take_people(now)
        candidates = {member.person: member for member in self.candidates}
        strangers = sorted(set(persons) - candidates.keys())
        if strangers:
            raise RuleBroken("not-a-candidate", "Only candidates are selected: add them as candidates first.", persons=strangers)
        twice = sorted(self.members & set(persons)) or sorted({person for person in persons if persons.count(person) > 1})
        if twice:
            raise RuleBroken("already-selected", "Nobody is selected twice: leave out who is selected already.", persons=twice)
        free = self.seats - len(self.selected)
        if len(persons) > free:
            raise RuleBroken("no-seats-left", f"{free} of {self.seats} seats are free: select {free} people at most.", free=free)
        for person in persons:
            member = candidates[person]
            self.selected.append(Member(person=person, association=member.association))
            self.record(CohortSelected(person=person, association=member.association, course=self.course))

    def note_attendance(self, half_day: int, present: Sequence[str], now: datetime) -> None:
        """Record or correct the sheet of a half-day.

        Raises:
            Invalid: there is no such half-day.
            RuleBroken: it has not begun, somebody on it is not selected, or the cohort is closed.

        """
        self._must_be_open()
        if self.register.note(half_day, present, expected=self.members, now=now):
            self.record(CohortAttendanceRecorded(half_day=half_day, present=sorted(set(present))))

    def close(self, now: datetime) -> tuple[Ended, list[Completer]]:
        """End the cohort after its last half-day.

        Returns:
            What has ended, and who attended enough of it.

        Raises:
            RuleBroken: it is not over, a sheet is missing, or it is closed already.

        """
        self._must_be_open()
        self.register.must_be_over(now)
        completers = [
            Completer(person=member.person, association=member.association, attended=self.register.attended(member.person))
            for member in self.selected
            if self.register.completes(member.person)
        ]
        self.state = CohortState.CLOSED
        self.record(CohortClosed(completions=len(completers)))
        return self._ended(), completers

    def _ended(self) -> Ended:
        return Ended(
            kind="cohort",
            id=self.id,
            module=self.course,
            region=self.region,
            province=None,
            half_days=self.register.length,
            on=self.register.half_days[-1].date,
        )

    def _must_be_open(self) -> None:
        if self.state is not CohortState.OPEN:
            raise RuleBroken("cohort-closed", "This cohort is closed: nothing of it changes any more.", cohort=self.id)

    def _must_take_people(self, now: datetime) -> None:
        self._must_be_open()
        if now >= self.register.starts:
            raise RuleBroken("cohort-begun", "This cohort has begun: it takes nobody any more.", cohort=self.id)
