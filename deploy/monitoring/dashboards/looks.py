"""The pictures that panels are drawn as: curves, numbers, bars, timelines of states, tables."""

from dataclasses import dataclass

from grafana_foundation_sdk.models import bargauge, common, stat, statetimeline, table, timeseries


@dataclass(frozen=True)
class Look:
    """A kind of panel with its options; `instant` asks for the newest value alone, `drawn` gives each series a colour."""

    kind: str
    options: object
    custom: object = None
    instant: bool = False
    drawn: bool = False
    colour: str = "green"


LATEST = common.ReduceDataOptions(calcs=["lastNotNull"], values=False, fields="")


def curves(*, stacked: bool = False, limits: bool = False) -> Look:
    """Lines over time with a table of their newest and highest values; `limits` draws the colours' borders as dashes."""
    style = common.GraphTresholdsStyleMode.DASHED if limits else common.GraphTresholdsStyleMode.OFF
    custom = common.GraphFieldConfig(
        draw_style=common.GraphDrawStyle.LINE,
        line_width=1,
        fill_opacity=30 if stacked else 5,
        show_points=common.VisibilityMode.NEVER,
        axis_soft_min=0,
        stacking=common.StackingConfig(mode=common.StackingMode.NORMAL if stacked else common.StackingMode.NONE, group="A"),
        thresholds_style=common.GraphThresholdsStyleConfig(mode=style),
    )
    legend = common.VizLegendOptions(
        display_mode=common.LegendDisplayMode.TABLE,
        placement=common.LegendPlacement.BOTTOM,
        show_legend=True,
        calcs=["lastNotNull", "max"],
        sort_by="Last *",
        sort_desc=True,
    )
    options = timeseries.Options(legend=legend, tooltip=_tooltip())
    return Look("timeseries", options, custom, drawn=True)


def number(*, trend: bool = False) -> Look:
    """One large number on a ground of its colour; `trend` draws how it came about behind it."""
    options = stat.Options(
        graph_mode=common.BigValueGraphMode.AREA if trend else common.BigValueGraphMode.NONE,
        color_mode=common.BigValueColorMode.VALUE if trend else common.BigValueColorMode.BACKGROUND,
        justify_mode=common.BigValueJustifyMode.AUTO,
        text_mode=common.BigValueTextMode.VALUE,
        reduce_options=LATEST,
    )
    return Look("stat", options, instant=not trend, colour="blue")


def bars(colour: str = "blue") -> Look:
    """Horizontal bars, one a series, in the order of the queries."""
    options = bargauge.Options(
        display_mode=common.BarGaugeDisplayMode.BASIC,
        orientation=common.VizOrientation.HORIZONTAL,
        value_mode=common.BarGaugeValueMode.COLOR,
        reduce_options=LATEST,
        min_viz_width=8,
    )
    return Look("bargauge", options, instant=True, colour=colour)


def states() -> Look:
    """One row a series, coloured by its state over time."""
    legend = common.VizLegendOptions(show_legend=True, placement=common.LegendPlacement.BOTTOM)
    options = statetimeline.Options(
        show_value=common.VisibilityMode.AUTO, row_height=0.85, merge_values=True, legend=legend, tooltip=_tooltip()
    )
    return Look("state-timeline", options, statetimeline.FieldConfig(line_width=0, fill_opacity=75))


def rows() -> Look:
    """A table of the newest values."""
    return Look("table", table.Options(), common.TableFieldOptions(filterable=True), instant=True, colour="text")


def _tooltip() -> common.VizTooltipOptions:
    return common.VizTooltipOptions(mode=common.TooltipDisplayMode.MULTI, sort=common.SortOrder.DESCENDING)
