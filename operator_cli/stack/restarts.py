"""When a process that ended is started again."""

from dataclasses import dataclass

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 10.0
STEADY_AFTER = 20.0
"""A process that lived this long (seconds) was well: its next end counts as the first."""


@dataclass
class Backoff:
    """Pauses between restarts: short at first, then doubling, so that what cannot live does not keep the machine busy."""

    failures: int = 0

    def after(self, lived: float) -> float:
        """Seconds to wait before starting again a process that lived for `lived` seconds."""
        self.failures = 1 if lived >= STEADY_AFTER else self.failures + 1
        return float(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (self.failures - 1)))
