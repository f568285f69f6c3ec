"""What follows when a pack is published and when a region joins."""

from chassis.events import Received
from chassis.reactions import reaction
from services.notifications.preparation import commands


@reaction("ma.nassij.registry.pack.published.v1")
def keep_part(event: Received) -> None:
    """Keep the templates and the titles."""
    commands.keep_part(event.data)


@reaction("ma.nassij.registry.region.joined.v1")
def prepare(event: Received) -> None:
    """Make the region ready."""
    pack = event.data["pack"]
    commands.prepare(event.region or event.subject_id, pack["name"], pack["version"])
