"""Idempotency keys that are the same whenever the same step of the same programme is asked for."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Keys:
    """The keys of one programme, told apart from those of others by its seed and its scale."""

    seed: int
    scale: float

    def of(self, *step: object) -> str:
        """The key of a step, named by words and numbers that do not depend on the run, such as ("enrol", 3, "FM-0012")."""
        named = "/".join(str(part) for part in (self.seed, self.scale, *step))
        return f"nassij-demo-{hashlib.sha256(named.encode()).hexdigest()[:40]}"
