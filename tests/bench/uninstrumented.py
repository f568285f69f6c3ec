"""`python -m tests.bench.uninstrumented MODULE ...`: runs a module of the benchmarks on a chassis that measures nothing.

There is no such setting: outside the benchmarks everything is measured. So every metric is replaced by a thing that does nothing
before the chassis is imported, and no age is reckoned. Nothing else is imported for it: a web process with Kafka's client in it
has more for the collector to go through, and is slower by more than what is to be measured.
"""

import runpy
import sys
from typing import Any, Self

import prometheus_client


def nothing(*_: Any, **__: Any) -> None:
    """Stands for whatever measures."""


class Silent:
    """Takes what a metric takes. It only counts, since the end of a turn hangs on a count."""

    set = observe = observe_all = remove = set_to_current_time = nothing

    def __init__(self, *_: Any, **__: Any) -> None:
        self._value = self
        self._count = 0.0

    def labels(self, *_: Any, **__: Any) -> Self:
        return self

    def inc(self, amount: float = 1) -> None:
        self._count += amount

    def get(self) -> float:
        return self._count


def silence() -> None:
    """Take the instrumentation out of the chassis, which must not have been imported yet."""
    if "chassis.metrics" in sys.modules:
        raise RuntimeError("The chassis measures already.")
    for name in ("Counter", "Gauge", "Histogram"):
        setattr(prometheus_client, name, Silent)
    from chassis import metrics
    from chassis.metrics import declaring

    declaring.FoldingHistogram.observe_all = nothing  # type: ignore[method-assign]
    metrics.Ages.arrived = metrics.Ages.settled = nothing  # type: ignore[method-assign]


if __name__ == "__main__":
    silence()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
