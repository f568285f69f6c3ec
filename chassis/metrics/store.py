"""Timing exchanges with the store where the chassis makes them.

The client could tell of every command by itself, but that costs more than all other instrumentation together: an eighth of
the client's CPU of a command, measured with PyMongo 4.20.
"""

import time
from types import TracebackType

from prometheus_client import Histogram

from chassis.metrics.mechanics import STORE_SECONDS

_times: dict[str, Histogram] = {}


class timed:  # noqa: N801 - it is used like a function, `with timed("find"):`
    """Observe how long the block takes, whether the store answers or fails."""

    __slots__ = ("_began", "_operation")

    def __init__(self, operation: str) -> None:
        self._operation = operation

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        child = _times.get(self._operation)
        if child is None:
            child = _times[self._operation] = STORE_SECONDS.labels(self._operation)
        child.observe(time.perf_counter() - self._began)
