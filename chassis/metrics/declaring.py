"""Declaring a metric of the mechanics: what it is called, what it says, which values its labels take, who has it.

Conventions: the prefix `nassij_`, base units in the name (seconds, total), labels with few values and never an id.
"""

from bisect import bisect_left
from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

# One sample in sixteen would say when a series was born, which nobody asks.
disable_created_metrics()  # type: ignore[no-untyped-call]

WEB, BACKGROUND = "web", "background"
BOTH = (WEB, BACKGROUND)
LabelValues = str | Sequence[str]
"""The values that a label takes, or a sentence about them where they are not known here."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A metric as it is asked for: a counter's name ends in `_total`."""

    name: str
    kind: str
    says: str
    unit: str
    labels: Mapping[str, LabelValues]
    roles: tuple[str, ...]

    @property
    def family(self) -> str:
        """The name that its samples share."""
        return self.name.removesuffix("_total")


declared: dict[str, Declared] = {}


def _declare(kind: str, name: str, says: str, unit: str, labels: Mapping[str, LabelValues], on: Sequence[str]) -> None:
    declared[name] = Declared(name, kind, says, unit, labels, tuple(on))


def counter(
    name: str, says: str, unit: str, labels: Mapping[str, LabelValues] | None = None, *, on: Sequence[str] = (BACKGROUND,)
) -> Counter:
    """Declare something that is counted; `name` ends in `_total`."""
    _declare("counter", name, says, unit, labels or {}, on)
    return Counter(name, says, list(labels or ()))


def gauge(
    name: str, says: str, unit: str, labels: Mapping[str, LabelValues] | None = None, *, on: Sequence[str] = (BACKGROUND,)
) -> Gauge:
    """Declare something that goes up and down. Of several workers of a web process it shows the largest, and no pid."""
    _declare("gauge", name, says, unit, labels or {}, on)
    return Gauge(name, says, list(labels or ()), multiprocess_mode="livemax")


class FoldingHistogram(Histogram):
    """A histogram that also takes many values at once: a batch of events costs it little more than one."""

    def observe_all(self, values: Iterable[float]) -> None:
        """Take in values, each of which is counted in its bucket."""
        self._raise_if_not_observable()  # type: ignore[no-untyped-call]
        bounds: Sequence[float] = self._upper_bounds
        taken = list(values)
        for bucket, count in Tally(bisect_left(bounds, value) for value in taken).items():
            self._buckets[bucket].inc(count)
        self._sum.inc(sum(taken))


def histogram(
    name: str,
    says: str,
    unit: str,
    labels: Mapping[str, LabelValues] | None = None,
    *,
    buckets: Sequence[float],
    on: Sequence[str] = (BACKGROUND,),
) -> FoldingHistogram:
    """Declare something whose distribution matters."""
    _declare("histogram", name, says, unit, labels or {}, on)
    return FoldingHistogram(name, says, list(labels or ()), buckets=buckets)


_shown: dict[Gauge, set[tuple[str, ...]]] = {}
_showing = Lock()


def show(metric: Gauge, samples: Mapping[tuple[str, ...], float]) -> None:
    """Make these the only samples of a labelled gauge: label values that went away would stand there for ever."""
    with _showing:
        for labels, value in samples.items():
            metric.labels(*labels).set(value)
        for gone in _shown.get(metric, set()) - samples.keys():
            metric.remove(*gone)
        _shown[metric] = set(samples)


def show_state(metric: Gauge, states: Iterable[Any], current: Any) -> None:
    """Show 1 for the current one of several states and 0 for the others."""
    for state in states:
        metric.labels(str(state)).set(state == current)
