"""What follows when the registry describes somebody."""

from chassis.events import Received
from chassis.reactions import reaction
from services.notifications.people import commands
from services.notifications.people.model import Person
from vocabulary.text import Bilingual


@reaction("ma.nassij.registry.person.described.v1", loads=lambda event: {Person: [event.subject_id]}, personal=True)
def describe(event: Received) -> None:
    """Keep how somebody is reached; a tombstone erases it."""
    data = event.data
    if data is None:
        commands.forget(event.subject_id)
        return
    names = Bilingual(data["names"].get("fr") or "", data["names"].get("ar") or "")
    commands.describe(event.subject_id, names, data.get("mail"), data.get("phone"), data["language"])
