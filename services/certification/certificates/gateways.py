"""What certificates need from outside: the address under which the public reaches this service."""

from functools import lru_cache

from chassis.settings import Settings
from services.certification.certificates.model import Addresses


@lru_cache(maxsize=1)
def addresses() -> Addresses:
    """The public addresses, as NASSIJ_PUBLIC_URL gives them."""
    return Addresses(Settings.from_environment(service="certification").public_url)
