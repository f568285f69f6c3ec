"""Planning a session, filling it, holding it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from chassis import clock
from chassis.commands import command
from chassis.deadlines import drop_deadline, set_deadline
from chassis.problems import Invalid
from chassis.queries import get
from services.training.actors import queries as actors
from services.training.attendance.model import HalfDay
from services.training.catalogue import queries as catalogues
from services.training.completions import commands as completions
from services.training.sessions.model import Plan, Session
from services.training.sessions.places import USUAL
from services.training.trainers import commands as trainers
from vocabulary import territory

OFFER_EXPIRES = "offer-expires"
Outcome = TypeVar("Outcome")


@command
def plan(
    *,
    module: str,
    trainer: str,
    commune: str,
    half_days: Sequence[HalfDay],
    capacity: int | None = None,
    seats_per_association: int | None = None,
) -> Session:
    """Plan a session in a commune and book its trainer; province and region are the commune's.

    Raises:
        Invalid: there is no such commune.
        NotFound: the region has no catalogue, or the person is no trainer of it.
        RuleBroken: as the session's and the trainer's rules say.

    """
    try:
        where = territory.commune(commune)
    except territory.UnknownTerritory as unknown:
        raise Invalid("unknown-commune", str(unknown), fields=[{"field": "commune", "problem": "is not known"}]) from unknown
    wanted = Plan(
        module=module,
        trainer=trainer,
        commune=where,
        half_days=half_days,
        capacity=capacity,
        seats_per_association=seats_per_association,
    )
    session = Session.plan(catalogues.of_region(where.region), wanted, clock.now())
    trainers.book(trainer, session.id, session.register.half_days, region=where.region)
    return session.save()


@command
def enrol(session_id: str, person: str, priority: int = USUAL) -> dict[str, str]:
    """Enrol an actor of the region: a seat, or the waiting list. Gives back the ids of session and enrolment."""
    session = get(Session, session_id)
    actor = actors.known([person], region=session.region)[0]
    entry = _decide(session, lambda now: session.enrol(actor, priority, now))
    return {"session": session.id, "enrolment": entry.id}


@command
def accept(session_id: str, entry_id: str) -> Session:
    """Take an offered seat."""
    session = get(Session, session_id)
    _decide(session, lambda now: session.accept(entry_id, now))
    return session


@command
def decline(session_id: str, entry_id: str) -> Session:
    """Refuse an offered seat."""
    session = get(Session, session_id)
    _decide(session, lambda now: session.decline(entry_id, now))
    return session


@command
def withdraw(session_id: str, entry_id: str) -> Session:
    """Give up a seat, an offer or a place in line."""
    session = get(Session, session_id)
    _decide(session, lambda now: session.withdraw(entry_id, now))
    return session


@command
def expire_offer(session_id: str, entry_id: str) -> None:
    """Pass on an offer that was not answered in time."""
    session = get(Session, session_id)
    _decide(session, lambda now: session.expire_offer(entry_id, now))


@command
def note_attendance(session_id: str, half_day: int, present: Sequence[str]) -> Session:
    """Record or correct the sheet of a half-day."""
    session = get(Session, session_id)
    session.note_attendance(half_day, present, clock.now())
    return session.save()


@command
def close(session_id: str) -> Session:
    """End a session and record who completed it, at once."""
    session = get(Session, session_id)
    completions.record(*session.close(clock.now()))
    return session.save()


@command
def cancel(session_id: str, reason: str) -> Session:
    """Cancel a session; its trainer is free again."""
    session = get(Session, session_id)
    _decide(session, lambda _: session.cancel(reason))
    trainers.free(session.trainer, session.id)
    return session


def _decide(session: Session, rule: Callable[[datetime], Outcome]) -> Outcome:
    """Apply a rule and save, with a deadline for each offer that stands and none for one that does not."""
    before = session.offers()
    outcome = rule(clock.now())
    after = session.offers()
    for entry_id in before.keys() - after.keys():
        drop_deadline(OFFER_EXPIRES, f"{session.id}/{entry_id}")
    for entry_id in after.keys() - before.keys():
        set_deadline(OFFER_EXPIRES, f"{session.id}/{entry_id}", due=after[entry_id], region=session.region)
    session.save()
    return outcome
