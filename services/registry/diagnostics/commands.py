"""Carrying out diagnostics."""

from collections.abc import Mapping
from datetime import date

from chassis import clock
from chassis.commands import command
from chassis.problems import Invalid, RuleBroken
from services.registry.associations import queries as associations
from services.registry.diagnostics import queries
from services.registry.diagnostics.model import Diagnostic, Round
from services.registry.regions import queries as regions


@command
def complete_diagnostic(
    association: str,
    answers: Mapping[str, int],
    on: date,
    round: Round = Round.BASELINE,  # noqa: A002 - the field's word
    grid: str | None = None,
) -> Diagnostic:
    """Record an association's complete answers to the grid of its region's pack; `grid` is the one they were given for.

    Raises:
        NotFound: there is no such association in the scope.
        RuleBroken: its region has not joined, has another grid, or the round is done.
        Invalid: the answers are not complete, or were given on a day to come.

    """
    if on > clock.today():
        raise Invalid("diagnostic-in-the-future", "A diagnostic is recorded once it is done: give a day that has come.")
    who = associations.association(association)
    pack = regions.pack_of(who.region)
    if grid not in {None, pack.reference}:
        sentence = f"Region {who.region} works with the grid of {pack.reference}: answer that one."
        raise RuleBroken("other-grid", sentence, grid=pack.reference)
    done = queries.of_round(association, round)
    if done is not None:
        sentence = f"This association has its {round} diagnostic already: read it, or record another round."
        raise RuleBroken("already-diagnosed", sentence, diagnostic=done.id, round=str(round))
    return Diagnostic.complete(who, pack, answers, on=on, round=round).save()
