"""Figures of the domain, read from the store when Prometheus asks.

They are facts of the store and come from every process of a service that answers `/metrics`: a query over them takes
`max without (instance, role)`, never a sum over processes.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import pymongo
import structlog
from prometheus_client import REGISTRY
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from chassis.metrics.declaring import LabelValues
from chassis.metrics.mechanics import DOMAIN_ERRORS
from chassis.scope import unscoped

log = structlog.get_logger(__name__)
Samples = Iterable[tuple[Sequence[str], float]]
CACHED_SECONDS = 15.0
PATIENCE_SECONDS = 4.0
"""For all gauges of a scrape together: without the store everything else must still be told before Prometheus stops waiting."""


class DomainGauge:
    """A figure of the domain that is read from the store when Prometheus asks, at most every 15 seconds."""

    def __init__(
        self,
        name: str,
        description: str,
        labels: Sequence[str],
        read: Callable[[], Samples],
        values: Mapping[str, LabelValues] | None = None,
    ) -> None:
        self.name = name
        self.description = description
        self.labels = tuple(labels)
        self.values = values or {}
        self.read = read
        self._lock = threading.Lock()
        self._until = 0.0
        self._samples: list[tuple[Sequence[str], float]] = []

    def forget(self) -> None:
        """Read anew at the next scrape."""
        self._until = 0.0

    def family(self) -> Metric:
        """Return the samples of now. Raises what the reading function raises."""
        with self._lock:
            if time.monotonic() >= self._until:
                with unscoped(f"the gauge {self.name} counts the whole country"):
                    self._samples = list(self.read())
                self._until = time.monotonic() + CACHED_SECONDS
            family = GaugeMetricFamily(self.name, self.description, labels=self.labels)
            for labels, value in self._samples:
                family.add_metric(list(labels), value)
            return family


class DomainCollector(Collector):
    """All domain gauges of this process."""

    def __init__(self) -> None:
        self._gauges: dict[str, DomainGauge] = {}

    def __iter__(self) -> Iterator[DomainGauge]:
        return iter(list(self._gauges.values()))

    def add(self, gauge: DomainGauge) -> None:
        """Take in a gauge. Raises ValueError if the name is taken."""
        if gauge.name in self._gauges:
            raise ValueError(f"There are two domain gauges called {gauge.name}.")
        self._gauges[gauge.name] = gauge

    def forget(self) -> None:
        """Read every gauge anew at the next scrape: the store is another one."""
        for gauge in self._gauges.values():
            gauge.forget()

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering must not read the store."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield every gauge that can be read; one that cannot is counted and logged, and the others still answer."""
        with pymongo.timeout(PATIENCE_SECONDS):
            found = [self._family(gauge) for gauge in self]
        yield from (family for family in found if family is not None)

    def _family(self, gauge: DomainGauge) -> Metric | None:
        try:
            return gauge.family()
        except Exception:
            DOMAIN_ERRORS.labels(gauge.name).inc()
            log.exception("metrics.domain_gauge_unreadable", gauge=gauge.name)
            return None


domain_gauges = DomainCollector()
REGISTRY.register(domain_gauges)


def domain_gauge(
    name: str, description: str, labels: Sequence[str] = (), values: Mapping[str, LabelValues] | None = None
) -> Callable[[Callable[[], Samples]], Callable[[], Samples]]:
    """Declare a figure of the domain: the function yields `((label values), value)` and sees the whole country.

    It runs when Prometheus asks, outside any transaction, at most every 15 seconds: one aggregation, no loop over documents.
    `values` tells the documentation which values the labels take, or a sentence about them.
    """

    def declare(read: Callable[[], Samples]) -> Callable[[], Samples]:
        domain_gauges.add(DomainGauge(name, description, labels, read, values))
        return read

    return declare
