"""Finding issuers. Who signs is public: anybody may check a certificate."""

from chassis.queries import find, get
from chassis.reactions import NotYet
from chassis.scope import unscoped
from services.certification.issuers.model import Issuer


def awaited_issuer(region: str) -> Issuer:
    """A region's issuer.

    Raises:
        NotYet: the region has not joined here yet.

    """
    issuer = find(Issuer, region)
    if issuer is None:
        raise NotYet("registry", f"region/{region}")
    return issuer


def published_issuer(region: str) -> Issuer:
    """A region's issuer, for anybody.

    Raises:
        NotFound: the region has none.

    """
    with unscoped("an issuer's public key is for everybody"):
        return get(Issuer, region)
