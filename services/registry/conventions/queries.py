"""Finding conventions."""

from datetime import date
from typing import Any

from chassis.problems import RuleBroken
from chassis.queries import get
from services.registry.conventions.model import Convention, Signature


def convention(identifier: str) -> Convention:
    """The convention with this id. Raises NotFound."""
    return get(Convention, identifier)


def conventions(region: str | None = None) -> Any:
    """The conventions of a region, or all that the scope admits, as a query."""
    return Convention.objects(regions=region) if region else Convention.objects


def in_force(region: str, on: date) -> list[Convention]:
    """The conventions in force for a region on a day, the longest-lasting first."""
    found = Convention.objects(regions=region, state=Signature.SIGNED, starts__lte=on, ends__gte=on)
    return list(found.order_by("-ends", "id"))


def to_join_under(region: str, on: date, identifier: str | None = None) -> Convention:
    """The convention under which a region may join: the one that is named, or the longest-lasting one in force.

    Raises:
        RuleBroken: ``no-convention-in-force``.
        NotFound: the one that is named does not exist.

    """
    if identifier is not None:
        return convention(identifier)
    found = in_force(region, on)
    if not found:
        raise RuleBroken(
            "no-convention-in-force",
            f"No signed convention is in force for region {region} on {on}: sign one first (POST /v1/conventions/<id>/sign).",
            region=region,
        )
    return found[0]
