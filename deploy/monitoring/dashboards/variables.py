"""What one can choose at the top of a dashboard."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from grafana_foundation_sdk.models import dashboard as grafana

from deploy.monitoring.dashboards.panel import SOURCE
from deploy.monitoring.dashboards.words import REGIONS

ALL = grafana.VariableOption(selected=True, text=["Tout"], value=["$__all"])
FIRST = "03"
"""The region that began."""
PACK_TARGETS = Path(__file__).parents[3] / "packs" / "fes-meknes" / "targets.yaml"

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


TARGETS: Mapping[str, str] = {
    "associations": "Cible : associations",
    "actors": "Cible : acteurs",
    "trainers": "Cible : formateurs",
}


def target(name: str) -> grafana.VariableModel:
    """How many of them a region is to reach; the first pack's number until somebody types another one."""
    wanted = str(_targets()[name])
    return grafana.VariableModel(
        type_val=grafana.VariableType.TEXTBOX,
        name=f"target_{name}",
        label=TARGETS[name],
        description="Ce que chaque région doit atteindre, selon le modèle de déploiement ; modifiable.",
        query=wanted,
        current=grafana.VariableOption(selected=True, text=wanted, value=wanted),
    )


@cache
def _targets() -> Mapping[str, int]:
    found: Mapping[str, int] = yaml.safe_load(PACK_TARGETS.read_text(encoding="utf-8"))
    return found
