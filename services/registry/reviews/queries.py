"""Finding reviews."""

from typing import Any

from chassis.queries import get
from services.registry.reviews.model import Review, State


def review(identifier: str) -> Review:
    """The review with this id. Raises NotFound."""
    return get(Review, identifier)


def reviews(**filters: Any) -> Any:
    """The reviews of the scope that have these values; a filter that is None does not count."""
    return Review.objects(**{name: value for name, value in filters.items() if value is not None})


def count_open(region: str) -> int:
    """How many associations of a region wait for somebody to decide."""
    return int(Review.objects(region=region, state=State.OPEN).count())
