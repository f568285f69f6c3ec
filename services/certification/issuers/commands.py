"""What establishes issuers."""

from chassis.commands import command
from chassis.queries import find
from services.certification.issuers.gateways import keys
from services.certification.issuers.model import Issuer
from vocabulary import territory


@command
def establish(region: str) -> Issuer:
    """Give a region its issuer; it has one for good.

    Raises:
        vocabulary.territory.UnknownTerritory: there is no such region.

    """
    return find(Issuer, region) or Issuer.establish(territory.region(region), keys()).save()
