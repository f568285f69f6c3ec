"""What diagnostics mean to training."""

from chassis.events import Received
from chassis.reactions import reaction
from services.training.needs import commands
from services.training.needs.model import AssociationNeeds


@reaction(
    "ma.nassij.registry.diagnostic.completed.v1",
    loads=lambda event: {AssociationNeeds: [event.data["association"]]},
)
def keep_needs(event: Received) -> None:
    """An association was diagnosed: keep the modules that answer its needs."""
    data = event.data
    commands.keep(
        data["association"],
        region=data["region"],
        province=data["province"],
        modules=[need["module"] for need in data["needs"]],
        at=event.time,
    )
