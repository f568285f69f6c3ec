"""What time brings about for a region."""

from chassis.deadlines import deadline
from services.registry.regions import commands


@deadline(commands.OVERDUE)
def preparation_overdue(code: str) -> None:
    """The services had their time to prepare: those that have not answered are named."""
    commands.note_overdue(code)
