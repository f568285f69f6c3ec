"""Figures of the one region that was chosen, and the curves they are drawn as."""

from collections.abc import Mapping

from deploy.monitoring.dashboards.looks import curves
from deploy.monitoring.dashboards.panel import Panel, Query
from deploy.monitoring.dashboards.promql import facts, or_none

HERE = 'region="$region"'


def total(metric: str, **labels: str) -> str:
    """A figure of the region, added up."""
    return f"sum({facts(metric, HERE, **labels)})"


def step(name: str) -> str:
    """A figure of the funnel, all provinces added up."""
    return total("nassij_funnel", step=name)


def by_province(name: str) -> str:
    """A figure of the funnel by province; what belongs to none stands under the region's own code."""
    return f'label_replace(sum by (province) ({facts("nassij_funnel", HERE, step=name)}), "province", "$region", "province", "")'


def by(label: str, metric: str) -> str:
    """A figure of the region by one of its labels; one 0 where there is nothing at all."""
    return or_none(f"sum by ({label}) ({facts(metric, HERE)})")


def lines(
    title: str,
    says: str,
    queries: tuple[Query, ...],
    shown: Mapping[str, str] | None = None,
    *,
    stacked: bool = False,
    width: int = 8,
) -> Panel:
    """Counts over time, under the names that are shown for their series; stacked where they are parts of a whole."""
    look = curves(stacked=stacked)
    return Panel(title=title, says=says, queries=queries, look=look, unit="locale", names=shown or {}, width=width)


def lines_by(title: str, says: str, label: str, metric: str, shown: Mapping[str, str], width: int = 8) -> Panel:
    """A figure over time, its parts stacked."""
    return lines(title, says, (Query(by(label, metric), f"{{{{{label}}}}}"),), shown, stacked=True, width=width)
