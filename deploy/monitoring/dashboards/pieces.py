"""The kinds of panel of which the operators' dashboards are made up, with the scales they share."""

from collections.abc import Mapping

from deploy.monitoring.dashboards.looks import curves, number, states
from deploy.monitoring.dashboards.panel import Panel, Query, Scale
from deploy.monitoring.dashboards.promql import SERVICE
from deploy.monitoring.dashboards.words import GREEN, ORANGE, RED, YELLOW

BURNING: Scale = ((None, GREEN), (1, YELLOW), (6, ORANGE), (14.4, RED))
NONE_ALLOWED: Scale = ((None, GREEN), (1, RED))
NONE_IS_FINE: Scale = ((None, GREEN), (1, ORANGE))
WAITING: Scale = ((None, GREEN), (1, YELLOW), (60, ORANGE), (4 * 3600, RED))


def curve(
    title: str,
    says: str,
    queries: tuple[Query, ...],
    unit: str,
    *,
    scale: Scale = (),
    runbooks: tuple[str, ...] = (),
    width: int = 8,
) -> Panel:
    """Lines over time, with the scale's borders drawn."""
    look = curves(limits=bool(scale))
    return Panel(title=title, says=says, queries=queries, look=look, unit=unit, scale=scale, runbooks=runbooks, width=width)


def burn(objective: str, ratio: str, budget: str, alert: str) -> Panel:
    """How many times faster than allowed the budget of 30 days is used up; 1 uses it up exactly."""
    return curve(
        f"Usure du budget d'erreur : {objective}",
        "À 1, le budget de 30 jours est épuisé au bout de 30 jours ; à 6, au bout de 5 jours ; à 14,4, au bout de 2 jours. "
        "Sans activité, il n'y a pas de courbe.",
        tuple(
            Query(f"max by (service) ({ratio}{window}{{{SERVICE}}}) / {budget}", f"{{{{service}}}} {window}")
            for window in ("1h", "6h", "3d")
        ),
        "none",
        scale=BURNING,
        runbooks=(alert,),
        width=16,
    )


def small(title: str, says: str, expr: str, unit: str, scale: Scale, runbooks: tuple[str, ...] = ()) -> Panel:
    """A number that stands for all chosen services."""
    return Panel(
        title=title,
        says=says,
        queries=(Query(expr),),
        look=number(),
        unit=unit,
        width=4,
        height=4,
        scale=scale,
        runbooks=runbooks,
    )


def state_rows(title: str, says: str, expr: str, texts: Mapping[str, tuple[str, str]], runbooks: tuple[str, ...]) -> Panel:
    """A row for each service, coloured by its state over time."""
    query = Query(expr, "{{service}}")
    return Panel(title=title, says=says, queries=(query,), look=states(), unit="none", texts=texts, highest=2, runbooks=runbooks)
