"""What prepares a region."""

from collections.abc import Mapping
from typing import Any

from chassis.commands import command
from chassis.queries import find
from services.certification.issuers import commands as issuers
from services.certification.preparation import queries
from services.certification.preparation.model import CertificatePart, Preparation


@command
def keep_part(pack: Mapping[str, Any]) -> None:
    """Keep what a published pack says about certificates. A version never changes, so the first copy stays."""
    part = CertificatePart.of(pack)
    if find(CertificatePart, part.reference) is None:
        part.save()


@command
def prepare(region: str, name: str, version: str) -> Preparation:
    """Give a region its issuer and say that it is ready, once.

    Raises:
        NotYet: the pack has not been published here yet.

    """
    prepared = find(Preparation, region)
    if prepared is not None:
        return prepared
    part = queries.awaited_part(f"{name}@{version}")
    return Preparation.complete(issuers.establish(region), name, version, part).save()
