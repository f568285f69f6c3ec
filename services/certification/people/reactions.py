"""What follows when the registry describes somebody."""

from chassis.events import Received
from chassis.reactions import reaction
from services.certification.people import commands
from services.certification.people.model import Person


@reaction("ma.nassij.registry.person.described.v1", loads=lambda event: {Person: [event.subject_id]}, personal=True)
def describe(event: Received) -> None:
    """Keep the names that certificates will carry; a tombstone erases them."""
    if event.data is None:
        commands.forget(event.subject_id)
    else:
        commands.describe(event.subject_id, event.data["names"], event.data["language"])
