"""Time and client CPU of a run, from the first record in hand to the last one published."""

import time
from dataclasses import dataclass


@dataclass
class Stopwatch:
    """Joining the group and connecting lie before its start, for every contestant."""

    _began: tuple[float, float] | None = None
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def start(self) -> None:
        """Start at the first call; later ones change nothing."""
        if self._began is None:
            self._began = time.perf_counter(), time.process_time()

    def stop(self) -> None:
        """Take the time. `process_time` counts every thread of this process."""
        if self._began is None:
            raise RuntimeError("No record came.")
        self.seconds = time.perf_counter() - self._began[0]
        self.cpu_seconds = time.process_time() - self._began[1]
