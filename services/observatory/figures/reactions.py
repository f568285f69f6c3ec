"""Every event goes into the figures."""

from collections.abc import Iterator, Sequence

import msgspec

from chassis.events import Received
from chassis.reactions import reaction
from chassis.store.unit import require_unit
from services.observatory.figures.gathering import Gathering
from services.observatory.figures.rules import RULES

UNFIT = (KeyError, TypeError, AttributeError, msgspec.DecodeError)
"""What an event raises whose data are not what its contract says; folding it raises the same, and it is judged for it there."""


def load(events: Sequence[Received]) -> None:
    """Load the facts that a batch changes."""
    require_unit().gathered(Gathering).load(list(_keys(events)))


@reaction("ma.nassij.registry.*", ahead=load)
@reaction("ma.nassij.training.*", ahead=load)
@reaction("ma.nassij.certification.*", ahead=load)
@reaction("ma.nassij.notifications.*", ahead=load)
def fold(event: Received) -> None:
    """Fold an event into facts and figures."""
    gathering = require_unit().gathered(Gathering)
    gathering.load(RULES.keys(event))
    gathering.changes += gathering.folding.apply(event)


def _keys(events: Sequence[Received]) -> Iterator[str]:
    for event in events:
        try:
            yield from RULES.keys(event)
        except UNFIT:
            continue
