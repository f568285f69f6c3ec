"""Drafting and signing conventions."""

from collections.abc import Sequence
from datetime import date

from chassis import clock
from chassis.commands import command
from services.registry.conventions import queries
from services.registry.conventions.model import Convention
from vocabulary.text import Bilingual


@command
def draft_convention(title: Bilingual, parties: Sequence[str], regions: Sequence[str], starts: date, ends: date) -> Convention:
    """Write down a convention that waits to be signed.

    Raises:
        RuleBroken: its period is none.
        Forbidden: it lies outside the territory of whoever writes it.

    """
    return Convention.draft(title, parties, regions, starts, ends).save()


@command
def sign_convention(identifier: str, on: date | None = None) -> Convention:
    """Note that a convention was signed, today unless another day is given.

    Raises:
        NotFound: there is no such convention.
        RuleBroken: it is signed already, or the day is still to come.

    """
    convention = queries.convention(identifier)
    today = clock.today()
    convention.sign(on or today, today)
    return convention.save()
