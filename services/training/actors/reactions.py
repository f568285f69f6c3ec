"""What the registry's actors mean to training."""

from chassis.events import Received
from chassis.reactions import reaction
from services.training.actors import commands
from services.training.actors.model import Actor


@reaction("ma.nassij.registry.actor.registered.v1", loads=lambda event: {Actor: [event.subject_id]})
def know_actor(event: Received) -> None:
    """An actor was registered and may take part from now on."""
    data = event.data
    commands.know(
        event.subject_id,
        association=data["association"],
        office=data.get("office"),
        region=data["region"],
        province=data["province"],
        language=data.get("language"),
    )
