"""Finding poles."""

from typing import Any

from chassis.queries import get
from services.registry.structures.model import Pole


def pole(region: str) -> Pole:
    """The competence pole of a region. Raises NotFound."""
    return get(Pole, region)


def poles() -> Any:
    """The poles that the scope admits, as a query."""
    return Pole.objects
