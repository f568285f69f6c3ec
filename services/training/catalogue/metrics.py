"""Figures of the catalogues."""

from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.training.catalogue.model import Catalogue


@domain_gauge(
    "nassij_catalogue_modules",
    "Modules that may be taught in a region, by whether it is open.",
    ["region", "open"],
    {"open": ("yes", "no")},
)
def modules() -> Iterator[tuple[tuple[str, str], float]]:
    """One sample a region."""
    for row in Catalogue.objects.aggregate([{"$project": {"opened_on": 1, "modules": {"$size": "$curriculum.modules"}}}]):
        yield (row["_id"], "no" if row.get("opened_on") is None else "yes"), row["modules"]
