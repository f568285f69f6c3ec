"""Local sessions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from mongoengine import EmbeddedDocumentField, EnumField, StringField

from chassis.aggregate import Aggregate
from chassis.ids import new_id
from chassis.problems import RuleBroken
from services.training.actors.model import Actor
from services.training.attendance.events import planned
from services.training.attendance.model import HalfDay, Register
from services.training.catalogue.model import Catalogue
from services.training.completions.model import Completer, Ended
from services.training.sessions import events
from services.training.sessions.places import Entry, EntryState, Places, Promotion
from vocabulary.territory import Commune


class SessionState(StrEnum):
    """How far a session has come; whether it takes enrolments is a question of the clock."""

    PLANNED = "planned"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A session as somebody wants it; seats are the module's where nothing is said."""

    module: str
    trainer: str
    commune: Commune
    half_days: Sequence[HalfDay]
    capacity: int | None = None
    seats_per_association: int | None = None


class Session(Aggregate):
    """A module held once, in a commune, by a trainer, for the people who have a seat."""

    subject = "session"
    territory = ("region", "province")

    id = StringField(primary_key=True)
    region = StringField(required=True)
    province = StringField(required=True)
    commune = StringField(required=True)
    module = StringField(required=True)
    trainer = StringField(required=True)
    state = EnumField(SessionState, default=SessionState.PLANNED)
    reason = StringField()
    register = EmbeddedDocumentField(Register, required=True)
    places = EmbeddedDocumentField(Places, required=True)

    meta = {"collection": "sessions", "indexes": ["region", "province", "module"]}

    @classmethod
    def plan(cls, catalogue: Catalogue, wanted: Plan, now: datetime) -> Self:
        """Plan a session of a module of the region's catalogue.

        Raises:
            RuleBroken: the region is not open, its catalogue has no such module, or the half-days are not as the module
                plans them.

        """
        catalogue.must_be_open()
        module = catalogue.module(wanted.module)
        needed = catalogue.curriculum.half_days_needed(module.half_days)
        register = Register.planned(wanted.half_days, length=module.half_days, needed=needed, now=now)
        capacity = wanted.capacity or module.capacity
        session = cls(
            id=new_id(),
            region=wanted.commune.region,
            province=wanted.commune.province,
            commune=wanted.commune.code,
            module=module.code,
            trainer=wanted.trainer,
            register=register,
            places=Places(
                capacity=capacity,
                seats_per_association=wanted.seats_per_association or module.seats_per_association,
                closes=register.starts,
            ),
        )
        session._say_planned()
        return session

    def _say_planned(self) -> None:
        self.record(
            events.SessionPlanned(
                module=self.module,
                starts=self.register.starts,
                ends=self.register.ends,
                half_days=planned(self.register.half_days),
                capacity=self.places.capacity,
                seats_per_association=self.places.seats_per_association,
                commune=self.commune,
                trainer=self.trainer,
            )
        )

    # Enrolment and waiting list: the rule is that of the places, the session says what happened.

    def enrol(self, actor: Actor, priority: int, now: datetime) -> Entry:
        """Give an actor a seat or a place on the waiting list.

        Raises:
            RuleBroken: the session is over or has started, the actor is its trainer or has a live entry.

        """
        self._must_be_planned()
        if actor.id == self.trainer:
            raise RuleBroken("trainer-of-the-session", "The trainer of a session does not take a seat in it.", person=actor.id)
        entry: Entry = self.places.enrol(actor.id, actor.association, priority, now)
        if entry.state is EntryState.SEATED:
            self.record(events.SessionEnrolled(**_who(entry), by_offer=False))
        else:
            self.record(events.SessionWaitlisted(**_who(entry), priority=entry.priority, why=entry.why.value))
        return entry

    def accept(self, entry_id: str, now: datetime) -> Entry:
        """Take the offered seat. Raises as ``Places.accept``."""
        self._must_be_planned()
        entry: Entry = self.places.accept(entry_id, now)
        self.record(events.SessionEnrolled(**_who(entry), by_offer=True))
        return entry

    def decline(self, entry_id: str, now: datetime) -> Entry:
        """Refuse the offered seat. Raises as ``Places.decline``."""
        self._must_be_planned()
        entry: Entry
        entry, promotion = self.places.decline(entry_id, now)
        self.record(events.SessionOfferDeclined(**_who(entry), **_next(promotion)))
        self._say_offered(promotion)
        return entry

    def expire_offer(self, entry_id: str, now: datetime) -> None:
        """Pass on an offer whose time is over; nothing happens where none is."""
        expired = self.places.expire(entry_id, now) if self.state is SessionState.PLANNED else None
        if expired is not None:
            entry, promotion = expired
            self.record(events.SessionOfferExpired(**_who(entry), until=entry.until, **_next(promotion)))
            self._say_offered(promotion)

    def withdraw(self, entry_id: str, now: datetime) -> Entry:
        """Give up a seat, an offer or a place in line. Raises as ``Places.withdraw``."""
        self._must_be_planned()
        entry: Entry
        entry, promotion = self.places.withdraw(entry_id, now)
        self.record(events.SessionWithdrawn(**_who(entry), **_next(promotion)))
        self._say_offered(promotion)
        return entry

    def offers(self) -> dict[str, datetime]:
        """The offers that stand, by entry, and until when."""
        if self.state is not SessionState.PLANNED:
            return {}
        return {entry.id: entry.until for entry in self.places.entries if entry.state is EntryState.OFFERED}

    def _say_offered(self, promotion: Promotion) -> None:
        if promotion.entry is not None:
            self.record(events.SessionSeatOffered(**_who(promotion.entry), until=promotion.entry.until))

    # Holding it

    def note_attendance(self, half_day: int, present: Sequence[str], now: datetime) -> None:
        """Record or correct the sheet of a half-day.

        Raises:
            Invalid: there is no such half-day.
            RuleBroken: it has not begun, somebody on it has no seat, or the session is over.

        """
        self._must_be_planned()
        expected = {entry.person for entry in self.places.seated}
        if self.register.note(half_day, present, expected=expected, now=now):
            self.record(events.SessionAttendanceRecorded(half_day=half_day, present=sorted(set(present))))

    def close(self, now: datetime) -> tuple[Ended, list[Completer]]:
        """End the session after its last half-day.

        Returns:
            What has ended, and who attended enough of it.

        Raises:
            RuleBroken: it is not over, a sheet is missing, or it is closed or cancelled already.

        """
        self._must_be_planned()
        self.register.must_be_over(now)
        completers = list(self._completers(self.places.seated))
        self.state = SessionState.CLOSED
        self.record(events.SessionClosed(completions=len(completers)))
        return self._ended(), completers

    def cancel(self, reason: str) -> None:
        """Say that the session is not held, and why.

        Raises:
            RuleBroken: it is closed or cancelled already.

        """
        self._must_be_planned()
        self.state, self.reason = SessionState.CANCELLED, reason
        self.record(events.SessionCancelled(reason=reason, persons=sorted(entry.person for entry in self.places.live)))

    def _completers(self, entries: Iterable[Entry]) -> Iterable[Completer]:
        for entry in entries:
            if self.register.completes(entry.person):
                attended = self.register.attended(entry.person)
                yield Completer(person=entry.person, association=entry.association, attended=attended)

    def _ended(self) -> Ended:
        return Ended(
            kind="session",
            id=self.id,
            module=self.module,
            region=self.region,
            province=self.province,
            half_days=self.register.length,
            on=self.register.half_days[-1].date,
        )

    def _must_be_planned(self) -> None:
        if self.state is not SessionState.PLANNED:
            raise RuleBroken(
                "session-over", f"This session is {self.state.value}: nothing of it changes any more.", session=self.id
            )


def _who(entry: Entry) -> dict[str, Any]:
    return {"enrolment": entry.id, "person": entry.person, "association": entry.association}


def _next(promotion: Promotion) -> dict[str, Any]:
    return {"offered_to": promotion.entry.id if promotion.entry is not None else None, "why": promotion.why.value}
