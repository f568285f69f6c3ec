"""What the page shows, from the figures and the events that are kept, as far as the scope sees them."""

from datetime import datetime

from services.observatory.figures.queries import figures, rollout
from services.observatory.stories.queries import latest

__all__ = ["as_of", "figures", "rollout"]


def as_of() -> datetime | None:
    """When the last event came about that is known here; nothing before the first."""
    found = latest()
    return found.time if found else None
