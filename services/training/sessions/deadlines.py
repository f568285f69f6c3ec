"""What time brings about in sessions."""

from chassis.deadlines import deadline
from services.training.sessions import commands


@deadline(commands.OFFER_EXPIRES)
def offer_expires(session_and_entry: str) -> None:
    """An offer's time is over: the seat passes on."""
    session_id, _, entry_id = session_and_entry.partition("/")
    commands.expire_offer(session_id, entry_id)
