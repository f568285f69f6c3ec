"""What a panel is: a title, plain words about it, queries, a unit, a look; and how that becomes the model that Grafana reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from grafana_foundation_sdk.models import dashboard as grafana
from grafana_foundation_sdk.models import prometheus

from deploy.monitoring.dashboards.looks import Look

SOURCE = grafana.DataSourceRef(type_val="prometheus", uid="${datasource}")
Scale = tuple[tuple[float | None, str], ...]
"""From which value on a colour holds; the first one begins at None."""


@dataclass(frozen=True)
class Query:
    """An expression of PromQL and what its series are called (`{{label}}` for a label's value)."""

    expr: str
    legend: str = ""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One panel; width of 24 columns, height in rows of Grafana's grid (about 38 pixels each)."""

    title: str
    says: str
    queries: tuple[Query, ...]
    look: Look
    unit: str
    width: int = 8
    height: int = 8
    scale: Scale = ()
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Values shown as (text, colour) instead of a number."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Series shown under another name."""
    lowest: float | None = 0
    highest: float | None = None
    decimals: int | None = None
    empty: str = "—"
    runbooks: tuple[str, ...] = ()
    """Alerts that speak of what the panel shows."""
    repeat: str | None = None
    transformations: tuple[grafana.DataTransformerConfig, ...] = ()
    columns: tuple[grafana.DashboardFieldConfigSourceOverrides, ...] = ()

    def model(self, number: int, place: grafana.GridPos) -> grafana.Panel:
        """Grafana's model of it, under this number and at this place."""
        return grafana.Panel(
            type_val=self.look.kind,
            id_val=number,
            title=self.title,
            description=self.says,
            datasource=SOURCE,
            grid_pos=place,
            targets=[self._target(index, query) for index, query in enumerate(self.queries)],
            links=[_runbook(name) for name in self.runbooks],
            repeat=self.repeat,
            transformations=list(self.transformations),
            options=self.look.options,
            field_config=grafana.FieldConfigSource(defaults=self._defaults(), overrides=self._overrides()),
        )

    def _target(self, index: int, query: Query) -> prometheus.Dataquery:
        table = self.look.kind == "table"
        return prometheus.Dataquery(
            ref_id=chr(ord("A") + index),
            expr=query.expr,
            legend_format=query.legend or None,
            instant=self.look.instant,
            range_val=not self.look.instant,
            format_val=prometheus.PromQueryFormat.TABLE if table else prometheus.PromQueryFormat.TIME_SERIES,
            editor_mode=prometheus.QueryEditorMode.CODE,
            datasource=SOURCE,
        )

    def _defaults(self) -> grafana.FieldConfig:
        steps = [grafana.Threshold(value=value, color=colour) for value, colour in self.scale or ((None, self.look.colour),)]
        mode = grafana.FieldColorModeId.PALETTE_CLASSIC if self.look.drawn else grafana.FieldColorModeId.THRESHOLDS
        return grafana.FieldConfig(
            unit=self.unit,
            decimals=self.decimals,
            min_val=self.lowest,
            max_val=self.highest,
            mappings=[texts(self.texts)] if self.texts else [],
            thresholds=grafana.ThresholdsConfig(mode=grafana.ThresholdsMode.ABSOLUTE, steps=steps),
            color=grafana.FieldColor(mode=mode),
            no_value=self.empty,
            custom=self.look.custom,
        )

    def _overrides(self) -> list[grafana.DashboardFieldConfigSourceOverrides]:
        return [column(name, displayName=shown) for name, shown in self.names.items()] + list(self.columns)


def column(name: str, /, **properties: object) -> grafana.DashboardFieldConfigSourceOverrides:
    """What holds for one series or column alone: `unit`, `displayName`, `mappings`, or `custom__width` for custom.width."""
    return grafana.DashboardFieldConfigSourceOverrides(
        matcher=grafana.MatcherConfig(id_val="byName", options=name),
        properties=[grafana.DynamicConfigValue(id_val=key.replace("__", "."), value=value) for key, value in properties.items()],
    )


def texts(shown: Mapping[str, tuple[str, str]]) -> grafana.ValueMap:
    """Values as texts in colours."""
    return grafana.ValueMap(
        options={
            value: grafana.ValueMappingResult(text=text, color=colour, index=index)
            for index, (value, (text, colour)) in enumerate(shown.items())
        }
    )


def names(shown: Mapping[str, str]) -> grafana.ValueMap:
    """Codes as names, in the text's own colour."""
    return grafana.ValueMap(
        options={code: grafana.ValueMappingResult(text=name, index=index) for index, (code, name) in enumerate(shown.items())}
    )


def _runbook(alert: str) -> grafana.DashboardLink:
    return grafana.DashboardLink(
        title=f"Fiche {alert}",
        url=f"${{runbooks:raw}}/{alert}.md",
        icon="doc",
        tooltip=f"Que faire quand {alert} sonne",
        target_blank=True,
    )
