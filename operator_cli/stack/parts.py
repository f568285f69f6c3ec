"""Which parts of the stack are wanted: words with commas, such as "everything,monitoring" or "registry,training"."""

from operator_cli.errors import BadInput
from operator_cli.stack.layout import SERVICES

INFRASTRUCTURE = "infrastructure"
"""Broker and store alone, with topics and users: what tests of one part need."""

EVERYTHING = "everything"

MONITORING = "monitoring"
"""Prometheus and Alertmanager, beside any of the others."""


def services_of(parts: str) -> tuple[str, ...]:
    """The services among the parts, in the order of SERVICES; none for the infrastructure alone.

    Raises BadInput for a service that does not exist.
    """
    words = _words(parts) - {INFRASTRUCTURE, MONITORING}
    if EVERYTHING in words:
        return SERVICES
    for unknown in sorted(words - set(SERVICES)):
        raise BadInput(f"There is no service {unknown}; there are {', '.join(SERVICES)}.")
    return tuple(service for service in SERVICES if service in words)


def is_watched(parts: str) -> bool:
    """Whether Prometheus and Alertmanager are among the parts."""
    return MONITORING in _words(parts)


def union(some: str, more: str) -> str:
    """What both ask for together, in the shortest words. Raises BadInput for a service that does not exist."""
    services = {*services_of(some), *services_of(more)}
    kept = [service for service in SERVICES if service in services]
    named = EVERYTHING if len(kept) == len(SERVICES) else ",".join(kept) or INFRASTRUCTURE
    return f"{named},{MONITORING}" if is_watched(some) or is_watched(more) else named


def _words(parts: str) -> set[str]:
    return set(parts.split(","))
