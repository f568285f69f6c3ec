"""What packs and regions mean to the catalogue."""

from chassis.events import Received, day
from chassis.reactions import NotYet, reaction
from services.training.catalogue import commands, queries
from services.training.catalogue.model import Catalogue


@reaction("ma.nassij.registry.pack.published.v1")
def keep_pack(event: Received) -> None:
    """A pack was published: keep its modules and its course."""
    commands.keep_pack(event.subject_id, event.data)


@reaction("ma.nassij.registry.region.joined.v1", loads=lambda event: {Catalogue: [event.subject_id]})
def adopt_pack(event: Received) -> None:
    """A region joined: give it its catalogue, once its pack has come."""
    reference = f"{event.data['pack']['name']}@{event.data['pack']['version']}"
    pack = queries.pack(reference)
    if pack is None:
        raise NotYet("registry", f"pack/{reference}")
    commands.adopt(event.subject_id, pack)


@reaction("ma.nassij.registry.region.opened.v1", loads=lambda event: {Catalogue: [event.subject_id]})
def open_region(event: Received) -> None:
    """A region opened: sessions may be planned there."""
    commands.open_region(event.subject_id, day(event.data["on"]))
