"""What drives an import: a deadline that is due at once, set again with each batch until the last."""

from chassis.deadlines import deadline
from services.registry.imports import commands


@deadline(commands.STEP)
def import_step(import_id: str) -> None:
    """Work off the next rows."""
    commands.continue_import(import_id)
