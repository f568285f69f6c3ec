"""Recording completions."""

from collections.abc import Iterable

from chassis.commands import command
from services.training.completions.model import Completer, Completion, Ended


@command
def record(ended: Ended, completers: Iterable[Completer]) -> list[Completion]:
    """Record who completed an activity that has ended, in the transaction that ends it."""
    return [Completion.of(ended, who).save() for who in completers]
