"""What follows for partners when something happens."""

from datetime import date

from chassis.events import Received
from chassis.reactions import reaction
from services.notifications.subscriptions import commands
from services.notifications.subscriptions.model import Audience
from services.notifications.subscriptions.offer import OFFERED


@reaction("ma.nassij.registry.convention.signed.v1")
def keep_convention(event: Received) -> None:
    """Keep what the convention allows."""
    data = event.data
    starts, ends = date.fromisoformat(data["starts"]), date.fromisoformat(data["ends"])
    commands.keep_convention(event.subject_id, data["regions"], starts, ends)


@reaction("ma.nassij.registry.region.joined.v1")
def open_region(event: Received) -> None:
    """Make ready to send on what happens in the region."""
    commands.open_region(event.region or event.subject_id)


def send_on(event: Received) -> None:
    """Send the event on to the partners that are to have it."""
    commands.fan_out(event)


for _type in OFFERED:
    reaction(_type, loads=lambda event: {Audience: [event.region]})(send_on)
