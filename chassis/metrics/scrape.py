"""What a process answers when Prometheus asks."""

import os
from collections.abc import Iterable, Iterator

from prometheus_client import REGISTRY, CollectorRegistry
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from chassis import __version__
from chassis.metrics import domain
from chassis.metrics.declaring import declared
from chassis.metrics.mechanics import BUILD_INFO
from chassis.metrics.workers import MULTIPROCESS_DIR, undisturbed

_role: str | None = None


def announce(service: str, role: str | None = None) -> None:
    """Say which version of which service this process is, and of which role: it then shows the metrics of that role alone.

    A web process would else show backlogs of 0 that it never counted.
    """
    global _role  # noqa: PLW0603 - a process has one role, given once when it starts
    _role = role
    BUILD_INFO.labels(__version__, service).set(1)


def exposition(accept: str = "") -> tuple[bytes, str]:
    """Return the metrics of this process (of all workers where there are several) and their content type."""
    encode, content_type = choose_encoder(accept)
    shown = CollectorRegistry()
    shown.register(_OfRole(_role))
    with undisturbed():
        return encode(shown), content_type


class _OfRole(Collector):
    """All metrics but those that belong to another role."""

    def __init__(self, role: str | None) -> None:
        self._others = {metric.family for metric in declared.values() if role is not None and role not in metric.roles}

    def describe(self) -> Iterable[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        return (metric for metric in _everything().collect() if metric.name not in self._others)


def _everything() -> CollectorRegistry:
    if MULTIPROCESS_DIR not in os.environ:
        return REGISTRY
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    shared.register(domain.domain_gauges)
    return shared
