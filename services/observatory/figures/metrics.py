"""The figures as gauges."""

from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.observatory.figures import queries
from services.observatory.figures.contributions import FIGURES, TARGETS


@domain_gauge(
    "nassij_funnel",
    "The programme's figures as the events tell them, by region and province (empty: of the region as a whole) and step.",
    ["region", "province", "step"],
    {"step": FIGURES},
)
def funnel() -> Iterator[tuple[tuple[str, str, str], float]]:
    """One sample a place and figure."""
    for place in queries.figures():
        for step, count in place["figures"].items():
            yield (place["region"] or "", place["province"] or "", step), count


@domain_gauge(
    "nassij_rollout_state",
    "1 for the state of a region's roll-out, as the events tell it.",
    ["region", "state"],
    {"state": ("planned", "preparing", "open")},
)
def states() -> Iterator[tuple[tuple[str, str], float]]:
    """One sample a region."""
    for region, state in queries.states().items():
        yield (region, state), 1


@domain_gauge(
    "nassij_rollout_target",
    "What a region's pack sets out to reach; nothing for a region that has not joined.",
    ["region", "target"],
    {"target": TARGETS},
)
def targets() -> Iterator[tuple[tuple[str, str], float]]:
    """One sample a region and target."""
    for region, wanted in queries.targets().items():
        for target, count in wanted.items():
            yield (region, target), count
