"""Tables: several queries side by side, one row for each value of the labels they share."""

from collections.abc import Mapping
from typing import Any

from grafana_foundation_sdk.models import dashboard as grafana

from deploy.monitoring.dashboards.looks import rows
from deploy.monitoring.dashboards.panel import Panel, Query, column, names, texts
from deploy.monitoring.dashboards.words import REGIONS, SEVERITIES

RUNBOOK = "${runbooks:raw}/${__value.raw}.md"
COLOURED = {"type": "color-background", "mode": "basic"}


def table(
    title: str,
    says: str,
    labels: Mapping[str, str],
    values: Mapping[str, str],
    columns: tuple[grafana.DashboardFieldConfigSourceOverrides, ...] = (),
    size: tuple[int, int] = (24, 10),
    **more: Any,
) -> Panel:
    """Columns of `labels` (label: title), then of `values` (title: expression), in this order; `size` is width and height."""
    return Panel(
        title=title,
        says=says,
        queries=tuple(Query(expr) for expr in values.values()),
        look=rows(),
        width=size[0],
        height=size[1],
        transformations=_side_by_side(labels, values),
        columns=columns,
        **{"unit": "none", **more},
    )


def to_region(title: str = "Région") -> grafana.DashboardFieldConfigSourceOverrides:
    """The column of regions: names instead of codes, and a click opens the region's own dashboard."""
    link = grafana.DashboardLink(
        title="Ouvrir cette région", url="/d/nassij-region?var-region=${__value.raw}&${__url_time_range}"
    )
    return column(title, mappings=[names(REGIONS)], links=[link])


def alerts(size: tuple[int, int] = (24, 7)) -> Panel:
    """Every alert that fires, each with a link to its runbook. `Watchdog` always does."""
    return table(
        "Alertes en cours",
        "Les alertes qui sonnent maintenant. Un clic sur un nom ouvre sa fiche : ce que cela veut dire, où regarder, que faire. "
        "« Watchdog » doit toujours y être : s'il manque, c'est la surveillance elle-même qui est en panne.",
        {"alertname": "Alerte", "severity": "Gravité", "service": "Service", "role": "Processus", "region": "Région"},
        {"Nombre": 'count by (alertname, severity, service, role, region) (ALERTS{alertstate="firing"})'},
        (
            column("Alerte", links=[grafana.DashboardLink(title="Que faire ?", url=RUNBOOK, target_blank=True)]),
            column("Gravité", mappings=[texts(SEVERITIES)], custom__cellOptions=COLOURED),
            column("Région", mappings=[names(REGIONS)]),
        ),
        size,
    )


def _side_by_side(labels: Mapping[str, str], values: Mapping[str, str]) -> tuple[grafana.DataTransformerConfig, ...]:
    """What makes one table of the answers."""
    columns = {**labels, **{_value(index, len(values)): title for index, title in enumerate(values)}}
    options = {
        "excludeByName": {"Time": True},
        "indexByName": {name: index for index, name in enumerate(columns)},
        "renameByName": columns,
    }
    return (
        grafana.DataTransformerConfig(id_val="merge", options={}),
        grafana.DataTransformerConfig(id_val="organize", options=options),
    )


def _value(index: int, of: int) -> str:
    """What Grafana calls the values of a query; it leaves the letter out where there is one query alone."""
    return "Value" if of == 1 else f"Value #{chr(ord('A') + index)}"
