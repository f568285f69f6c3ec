"""Reading the territory."""

from typing import Any

from services.registry.territory.model import Commune, Province


def provinces(region: str | None = None) -> Any:
    """The provinces and prefectures of a region, or all of them, as a query."""
    return Province.objects(**_given(region=region))


def communes(province: str | None = None, region: str | None = None) -> Any:
    """The communes of a province or a region, or all of them, as a query."""
    return Commune.objects(**_given(province=province, region=region))


def _given(**conditions: str | None) -> dict[str, str]:
    return {name: value for name, value in conditions.items() if value is not None}
