"""A piece of work that is followed, and one that is not."""

from collections.abc import Mapping

Attributes = Mapping[str, str | int | float]


class Span:
    """A piece of work that is followed. This one is not: it has no traceparent, and what is said of it goes nowhere."""

    traceparent: str | None = None

    def tell(self, attributes: Attributes) -> None:
        """Add attributes."""

    def fail(self, kind: str) -> None:
        """Mark as failed, with the kind of failure (an error's class, a status), never an error's own words."""

    def end(self, at: int | None = None) -> None:
        """It is over, now or since a moment (nanoseconds of the epoch)."""
