"""Finding packs and catalogues."""

from chassis.problems import NotFound
from chassis.queries import find
from services.training.catalogue.model import Catalogue, PackCopy


def pack(reference: str) -> PackCopy | None:
    """The copy of a pack, if it has come."""
    return find(PackCopy, reference)


def of_region(region: str) -> Catalogue:
    """The catalogue of a region. What is read of it only ever becomes more, so no rule has to hold it.

    Raises:
        NotFound: the region has not joined, or lies outside the scope.

    """
    catalogue = find(Catalogue, region)
    if catalogue is None:
        raise NotFound(
            "catalogue",
            region,
            f"Region {region} has no catalogue that you may see: it has one shortly after it joins the programme.",
        )
    return catalogue
