"""Finding events."""

from typing import Any

from services.observatory.stories.model import Told

AFTER_ANY = "\uffff"


def everything() -> Any:
    """All that was ever told."""
    return Told.objects


def by_correlation(correlation: str) -> Any:
    """All that came of one first cause."""
    return Told.objects(correlation=correlation)


def by_event(event: str) -> Any:
    """The event with this id."""
    return Told.objects(event=event)


def by_key(key: str, source: str | None = None) -> Any:
    """The events of a stream; of each source's where none is named."""
    prefix = f"{key}|{source}|" if source else f"{key}|"
    return Told.objects(place__gte=prefix, place__lt=prefix + AFTER_ANY)


def latest() -> Told | None:
    """The event that was recorded last, as far as is known here."""
    found: Told | None = Told.objects.order_by("-event").first()
    return found
