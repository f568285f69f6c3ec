"""The page docs/metrics.md: what each metric is, which values its labels take, who has it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from chassis.metrics.declaring import Declared, LabelValues, declared
from chassis.metrics.domain import DomainGauge, domain_gauges

INTRODUCTION = Path(__file__).with_name("introduction.md")
PLACES: Mapping[str, LabelValues] = {"region": "codes of regions", "province": "codes of provinces, empty for a whole region"}
HEAD = ("metric", "type", "labels", "unit", "meaning", "processes")


def page(gauges: Iterable[DomainGauge] = domain_gauges) -> str:
    """The whole page, as Markdown; figures of the domain by the service whose package declares them."""
    by_service: dict[str, list[DomainGauge]] = {}
    for gauge in gauges:
        by_service.setdefault(_service(gauge), []).append(gauge)
    return "\n".join(
        [
            INTRODUCTION.read_text(encoding="utf-8"),
            "## Mechanics\n\nEvery service has them.\n",
            *_table(_mechanical(metric) for metric in declared.values()),
            "\n## The domain",
            *(line for service in sorted(by_service) for line in _section(service, by_service[service])),
            "",
        ]
    )


def _section(service: str, gauges: list[DomainGauge]) -> Iterator[str]:
    yield f"\n### {service.capitalize()}\n"
    yield from _table(_domestic(gauge) for gauge in sorted(gauges, key=lambda gauge: gauge.name))


def _mechanical(metric: Declared) -> tuple[str, ...]:
    return (f"`{metric.name}`", metric.kind, _labels(metric.labels), metric.unit, metric.says, ", ".join(metric.roles))


def _domestic(gauge: DomainGauge) -> tuple[str, ...]:
    known = {**PLACES, **gauge.values}
    # One that nobody described is named all the same.
    labels = {label: known.get(label, "") for label in gauge.labels}
    return (f"`{gauge.name}`", "gauge", _labels(labels), "1", gauge.description, "web, background")


def _labels(labels: Mapping[str, LabelValues]) -> str:
    return "; ".join(f"`{name}`{_values(values)}" for name, values in labels.items())


def _values(values: LabelValues) -> str:
    if not values:
        return ""
    return f": {values}" if isinstance(values, str) else f": {', '.join(f'`{value}`' for value in values)}"


def _service(gauge: DomainGauge) -> str:
    return gauge.read.__module__.split(".")[1]


def _table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in (HEAD, ("---",) * len(HEAD), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("<", "&lt;") for cell in row) + " |"
