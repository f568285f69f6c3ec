"""A session's seats and its waiting list, as one thing, so that every decision about them is one rule and atomic.

Rules (shared waiting-list rules of the programme): order is priority, then time; one live entry a person; an offer holds
its seat for 48 hours; a seat that is declined, expires or is given back goes to the next who may have it, and an entry
that lost its seat or its offer is over for good, so nothing ever returns to it; the seats of one association are limited
in promotion as in enrolment; every decision says why.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from mongoengine import DateTimeField, EmbeddedDocument, EmbeddedDocumentListField, EnumField, IntField, StringField

from chassis.ids import new_id
from chassis.problems import NotFound, RuleBroken

# How long an offer holds a seat; the roll-out pack does not set it. It never outlasts the session's start.
OFFER_HOLDS = timedelta(hours=48)

FIRST, USUAL, LAST = 1, 2, 3
"""Priorities on a waiting list: 1 goes before 2, and 2 before 3."""


class EntryState(StrEnum):
    """What became of an enrolment."""

    SEATED = "seated"
    WAITING = "waiting"
    OFFERED = "offered"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


LIVE = frozenset({EntryState.SEATED, EntryState.WAITING, EntryState.OFFERED})
HOLDS_A_SEAT = frozenset({EntryState.SEATED, EntryState.OFFERED})


class Why(StrEnum):
    """Why a decision came out as it did."""

    SEAT_FREE = "seat-free"
    FULL = "full"
    ASSOCIATION_QUOTA = "association-quota"
    NEXT_IN_LINE = "next-in-line"
    NOBODY_WAITING = "nobody-waiting"
    NO_SEAT_FREED = "no-seat-freed"
    SESSION_STARTED = "session-started"


class Entry(EmbeddedDocument):
    """One enrolment: a person's place, or wait for one. `number` counts them in the order in which they came."""

    id = StringField(required=True)
    number = IntField(required=True)
    person = StringField(required=True)
    association = StringField(required=True)
    priority = IntField(required=True)
    since = DateTimeField(required=True)
    state = EnumField(EntryState, required=True)
    until = DateTimeField()
    why = EnumField(Why, required=True)

    @property
    def live(self) -> bool:
        """Whether it still has a seat or hopes for one."""
        return self.state in LIVE

    @property
    def place_in_line(self) -> tuple[int, int]:
        """What orders the waiting: priority, then time."""
        return self.priority, self.number


class Promotion(NamedTuple):
    """What followed from a change: who was offered a seat, or why nobody was."""

    entry: Entry | None
    why: Why


class Decision(EmbeddedDocument):
    """One promotion, or why there was none: after which entry's change, when, for whom."""

    at = DateTimeField(required=True)
    after = StringField(required=True)
    offered_to = StringField()
    why = EnumField(Why, required=True)


class Places(EmbeddedDocument):
    """Seats, waiting list and the decisions about them. Enrolment is over at `closes`, when the session starts."""

    capacity = IntField(required=True, min_value=1)
    seats_per_association = IntField(required=True, min_value=1)
    closes = DateTimeField(required=True)
    entries = EmbeddedDocumentListField(Entry)
    decisions = EmbeddedDocumentListField(Decision)

    # Reading

    @property
    def taken(self) -> int:
        """How many seats somebody has."""
        return len(self.seated)

    @property
    def offered(self) -> int:
        """How many seats an offer holds."""
        return sum(entry.state is EntryState.OFFERED for entry in self.entries)

    @property
    def free(self) -> int:
        """How many seats nobody has and no offer holds."""
        return self.capacity - self.taken - self.offered  # type: ignore[no-any-return]

    @property
    def waiting(self) -> list[Entry]:
        """Who waits, first in line first."""
        return sorted((e for e in self.entries if e.state is EntryState.WAITING), key=lambda entry: entry.place_in_line)

    @property
    def live(self) -> list[Entry]:
        """The entries that have a seat, an offer or a place in line."""
        return [entry for entry in self.entries if entry.live]

    @property
    def seated(self) -> list[Entry]:
        """The entries that have their seat."""
        return [entry for entry in self.entries if entry.state is EntryState.SEATED]

    def entry(self, entry_id: str) -> Entry:
        """The entry of this id.

        Raises:
            NotFound: there is none.

        """
        for entry in self.entries:
            if entry.id == entry_id:
                return entry  # type: ignore[no-any-return]
        raise NotFound("enrolment", entry_id, f"This session has no enrolment {entry_id}: GET the session lists them.")

    def has_room_for(self, association: str) -> bool:
        """Whether an association may have one more seat."""
        has = sum(entry.association == association and entry.state in HOLDS_A_SEAT for entry in self.entries)
        return has < self.seats_per_association  # type: ignore[no-any-return]

    # Deciding

    def enrol(self, person: str, association: str, priority: int, now: datetime) -> Entry:
        """Give a person a seat, or a place on the waiting list with the reason.

        Raises:
            RuleBroken: the session has started, or the person has a live entry.

        """
        self._must_be_open(now)
        if any(entry.person == person for entry in self.live):
            raise RuleBroken("already-enrolled", "This person is enrolled or waiting here already.", person=person)
        state, why = self._place_for(association)
        entry = Entry(
            id=new_id(),
            number=len(self.entries) + 1,
            person=person,
            association=association,
            priority=priority,
            since=now,
            state=state,
            why=why,
        )
        self.entries.append(entry)
        return entry

    def accept(self, entry_id: str, now: datetime) -> Entry:
        """Take the offered seat.

        Raises:
            NotFound: there is no such entry.
            RuleBroken: no offer stands.

        """
        entry = self._offered(entry_id, now)
        entry.state, entry.until = EntryState.SEATED, None
        return entry

    def decline(self, entry_id: str, now: datetime) -> tuple[Entry, Promotion]:
        """Refuse the offered seat, which passes on.

        Raises:
            NotFound: there is no such entry.
            RuleBroken: no offer stands.

        """
        entry = self._offered(entry_id, now)
        entry.state = EntryState.DECLINED
        return entry, self._promote(entry, now)

    def expire(self, entry_id: str, now: datetime) -> tuple[Entry, Promotion] | None:
        """Pass on an offer that nobody answered in time; ``None`` where none is overdue.

        Raises:
            NotFound: there is no such entry.

        """
        entry = self.entry(entry_id)
        if entry.state is not EntryState.OFFERED or now < entry.until:
            return None
        entry.state = EntryState.EXPIRED
        return entry, self._promote(entry, now)

    def withdraw(self, entry_id: str, now: datetime) -> tuple[Entry, Promotion]:
        """Give up a seat, an offer or a place in line; a freed seat goes to the next.

        Raises:
            NotFound: there is no such entry.
            RuleBroken: the session has started, or the entry is over.

        """
        self._must_be_open(now)
        entry = self.entry(entry_id)
        if not entry.live:
            raise RuleBroken("enrolment-over", f"This enrolment is {entry.state.value} already.", enrolment=entry_id)
        was_waiting = entry.state is EntryState.WAITING
        entry.state = EntryState.WITHDRAWN
        if was_waiting:
            return entry, self._keep(Promotion(None, Why.NO_SEAT_FREED), entry, now)
        return entry, self._promote(entry, now)

    def _place_for(self, association: str) -> tuple[EntryState, Why]:
        if not self.free:
            return EntryState.WAITING, Why.FULL
        if not self.has_room_for(association):
            return EntryState.WAITING, Why.ASSOCIATION_QUOTA
        return EntryState.SEATED, Why.SEAT_FREE

    def _promote(self, after: Entry, now: datetime) -> Promotion:
        """Offer the freed seat to the first in line whose association has room, and keep the decision.

        One change frees one seat and one place in one association's quota, so at most one offer follows from it.
        """
        promotion = self._next(now)
        chosen = promotion.entry
        if chosen is not None:
            chosen.state, chosen.why = EntryState.OFFERED, promotion.why
            chosen.until = min(now + OFFER_HOLDS, self.closes)
        return self._keep(promotion, after, now)

    def _keep(self, promotion: Promotion, after: Entry, now: datetime) -> Promotion:
        offered_to = promotion.entry.id if promotion.entry is not None else None
        self.decisions.append(Decision(at=now, after=after.id, offered_to=offered_to, why=promotion.why))
        return promotion

    def _next(self, now: datetime) -> Promotion:
        if now >= self.closes:
            return Promotion(None, Why.SESSION_STARTED)
        waiting = self.waiting
        for entry in waiting:
            if self.has_room_for(entry.association):
                return Promotion(entry, Why.NEXT_IN_LINE)
        return Promotion(None, Why.ASSOCIATION_QUOTA if waiting else Why.NOBODY_WAITING)

    def _offered(self, entry_id: str, now: datetime) -> Entry:
        entry = self.entry(entry_id)
        if entry.state is not EntryState.OFFERED:
            raise RuleBroken("no-offer", f"No seat is offered to this enrolment: it is {entry.state.value}.", enrolment=entry_id)
        if now >= entry.until:
            raise RuleBroken("offer-over", "This offer has expired: enrol again to wait for another seat.", enrolment=entry_id)
        return entry

    def _must_be_open(self, now: datetime) -> None:
        if now >= self.closes:
            raise RuleBroken("enrolment-closed", "The session has started: enrolment is over.", closed=self.closes.isoformat())
