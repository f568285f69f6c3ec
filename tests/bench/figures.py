"""Medians and percentiles."""

from collections.abc import Sequence
from statistics import median
from typing import Any


def spread(values: Sequence[float], digits: int = 0) -> dict[str, Any]:
    """Median, least and most."""
    return {"median": rounded(median(values), digits), "min": rounded(min(values), digits), "max": rounded(max(values), digits)}


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which this part of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def rounded(value: float, digits: int = 0) -> float | int:
    """A figure as it is reported."""
    return round(value, digits) if digits else round(value)
