"""What one can choose at the top of a dashboard."""

from grafana_foundation_sdk.models import dashboard as grafana

from deploy.monitoring.dashboards.panel import SOURCE
from deploy.monitoring.dashboards.words import REGIONS

ALL = grafana.VariableOption(selected=True, text=["Tout"], value=["$__all"])
FIRST = "03"
"""The region that began."""

DATASOURCE = grafana.VariableModel(
    type_val=grafana.VariableType.DATASOURCE,
    name="datasource",
    label="Source",
    query="prometheus",
    description="Le Prometheus à lire.",
)
SERVICE = grafana.VariableModel(
    type_val=grafana.VariableType.QUERY,
    name="service",
    label="Service",
    description="Un service, plusieurs, ou tous.",
    datasource=SOURCE,
    query={"query": "label_values(nassij_build_info, service)", "refId": "service"},
    refresh=grafana.VariableRefresh.ON_DASHBOARD_LOAD,
    sort=grafana.VariableSort.ALPHABETICAL_ASC,
    multi=True,
    include_all=True,
    all_value=".+",
    current=ALL,
)
INTERVAL = grafana.VariableModel(
    type_val=grafana.VariableType.INTERVAL,
    name="interval",
    label="Fenêtre",
    description="Sur combien de temps les débits et les durées sont calculés.",
    query="1m,5m,15m,1h,6h",
    current=grafana.VariableOption(selected=True, text="5m", value="5m"),
)
RUNBOOKS = grafana.VariableModel(
    type_val=grafana.VariableType.TEXTBOX,
    name="runbooks",
    label="Fiches",
    description="L'adresse du dossier où se lisent les fiches des alertes (docs/runbooks).",
    query="/public/nassij/runbooks",
    current=grafana.VariableOption(selected=True, text="/public/nassij/runbooks", value="/public/nassij/runbooks"),
)


def region(*, one: bool) -> grafana.VariableModel:
    """The twelve regions by name: exactly one of them, or any."""
    return grafana.VariableModel(
        type_val=grafana.VariableType.CUSTOM,
        name="region",
        label="Région",
        description="La région à regarder." if one else "Une région, plusieurs, ou toutes.",
        query=", ".join(f"{name} : {code}" for code, name in REGIONS.items()),
        multi=not one,
        include_all=not one,
        current=grafana.VariableOption(selected=True, text=REGIONS[FIRST], value=FIRST) if one else ALL,
    )
