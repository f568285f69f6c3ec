"""What the registry does when trainers' certificates are issued and revoked."""

from collections.abc import Collection, Mapping

from chassis.aggregate import Stored
from chassis.events import Received, day
from chassis.reactions import reaction
from services.registry.structures import commands
from services.registry.structures.model import Pole


def _pole(event: Received) -> Mapping[type[Stored], Collection[str]]:
    return {Pole: [event.region]} if event.region else {}


@reaction("ma.nassij.certification.certificate.issued.v1", loads=_pole)
def welcome_trainer(event: Received) -> None:
    """Whoever is certified as a trainer belongs to the pole of the region that certified them."""
    said = event.data
    if said["kind"] == "trainer" and event.region:
        commands.welcome_trainer(event.region, said["person"], said["number"], said["module"], day(said["issued_on"]))


@reaction("ma.nassij.certification.certificate.revoked.v1", loads=_pole)
def withdraw_certificate(event: Received) -> None:
    """A revoked certificate counts no more; one that made nobody a trainer changes nothing."""
    if event.region:
        commands.withdraw_certificate(event.region, event.data["number"], day(event.data["revoked_on"]))
