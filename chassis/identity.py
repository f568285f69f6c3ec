"""Who this process is, as it stands on the events that it publishes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """The service and the cell (one set of services with its own broker and store) that this process belongs to."""

    service: str
    cell: str = "national"


_identity: Identity | None = None


def use(identity: Identity | None) -> None:
    """Say who this process is."""
    global _identity  # noqa: PLW0603 - a process has one identity, given once when it starts
    _identity = identity


def identity() -> Identity:
    """Who this process is.

    Raises:
        RuntimeError: nobody said so.

    """
    if _identity is None:
        raise RuntimeError("This process has no identity: call chassis.identity.use() first.")
    return _identity
