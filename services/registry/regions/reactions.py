"""What the registry does when a service says that it is prepared for a region."""

from collections.abc import Collection, Mapping

from chassis.aggregate import Stored
from chassis.events import Received
from chassis.reactions import reaction
from services.registry.packs.events import PackRef
from services.registry.regions import commands
from services.registry.regions.model import Region


def _region(event: Received) -> Mapping[type[Stored], Collection[str]]:
    return {Region: [event.subject_id]}


@reaction("ma.nassij.training.preparation.completed.v1", loads=_region)
@reaction("ma.nassij.certification.preparation.completed.v1", loads=_region)
@reaction("ma.nassij.notifications.preparation.completed.v1", loads=_region)
def note_prepared(event: Received) -> None:
    """A service is prepared: note it with what it says it has."""
    service = event.source.rpartition("/")[2]
    pack = event.data["pack"]
    commands.note_prepared(event.data["region"], service, PackRef(pack["name"], pack["version"]), event.data.get("what") or {})
