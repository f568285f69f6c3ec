"""Certifying trainers, booking and freeing them."""

from collections.abc import Sequence
from datetime import date

from chassis.commands import command
from chassis.queries import find
from services.training.attendance.model import HalfDay
from services.training.trainers import queries
from services.training.trainers.model import Trainer


@command
def certify(person: str, *, region: str, number: str, expires_on: date | None) -> None:
    """A person was certified as a trainer."""
    trainer = find(Trainer, person) or Trainer(person=person, region=region)
    trainer.certify(number, expires_on)
    trainer.save()


@command
def lose_certificate(number: str) -> None:
    """A certificate was revoked; one that made nobody a trainer means nothing here."""
    for trainer in Trainer.objects(certificates__number=number):
        trainer.lose(number)
        trainer.save()


@command
def book(person: str, session: str, half_days: Sequence[HalfDay], *, region: str) -> None:
    """Book a certified trainer of the region for a session.

    Raises:
        NotFound: nobody of the region was ever certified under this id.
        RuleBroken: the certificate does not last, or the trainer is booked.

    """
    trainer = queries.of_region(person, region)
    trainer.must_be_certified(half_days[-1].date)
    trainer.book(session, half_days)
    trainer.save()


@command
def free(person: str, session: str) -> None:
    """Give a trainer the half-days of a session back."""
    trainer = find(Trainer, person)
    if trainer is not None:
        trainer.free(session)
        trainer.save()
