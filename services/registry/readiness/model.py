"""How ready a region is to open."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.registry.regions.gates import Gate
from services.registry.regions.model import Rollout


@dataclass(frozen=True, slots=True)
class Readiness:
    """A region, its state, and the gates before its opening with their evidence."""

    region: str
    state: Rollout
    gates: Sequence[Gate]

    @property
    def ready(self) -> bool:
        """Whether it may open, or would still be allowed to: it has joined and every gate holds."""
        return self.state is not Rollout.PLANNED and all(gate.holds for gate in self.gates)

    @property
    def missing(self) -> list[str]:
        """All that is missing, in sentences."""
        if self.state is Rollout.PLANNED:
            return [
                f"Region {self.region} has not joined the programme: let it join first (POST /v1/regions/{self.region}/join)."
            ]
        return [sentence for gate in self.gates for sentence in gate.missing]
