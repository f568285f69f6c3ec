"""Finding what regions and packs say about certificates."""

from chassis.queries import find
from chassis.reactions import NotYet
from services.certification.preparation.model import CertificatePart, Preparation


def awaited_part(reference: str) -> CertificatePart:
    """What a pack (``fes-meknes@1.0``) says about certificates.

    Raises:
        NotYet: the pack has not been published here yet.

    """
    part = find(CertificatePart, reference)
    if part is None:
        raise NotYet("registry", f"pack/{reference}")
    return part


def part_of_region(region: str) -> CertificatePart:
    """What the pack of a region says about certificates.

    Raises:
        NotYet: the region has not joined here yet.

    """
    prepared = find(Preparation, region)
    if prepared is None:
        raise NotYet("registry", f"region/{region}")
    return awaited_part(prepared.pack)
