"""Gates: what must be true before a region's next state, and what was found of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from chassis.problems import RuleBroken
from vocabulary.pack import Condition


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition of the region's pack with its evidence.

    `missing` says in sentences what is missing, `source` is the address where the evidence lies.
    """

    condition: Condition
    found: int
    missing: tuple[str, ...]
    source: str

    @property
    def gate(self) -> str:
        """Its code in the pack."""
        return self.condition.code

    @property
    def title(self) -> dict[str, str]:
        """Its title in both languages."""
        return asdict(self.condition.title)

    @property
    def needed(self) -> int:
        """How many of what it measures it takes."""
        return self.condition.needed

    @property
    def holds(self) -> bool:
        """Whether enough was found."""
        return self.condition.holds(self.found)

    def as_extra(self) -> dict[str, Any]:
        """How a refusal shows it."""
        return {"gate": self.gate, "needed": self.needed, "found": self.found, "missing": list(self.missing)}


def all_must_hold(region: str, gates: Sequence[Gate]) -> None:
    """Refuse where a gate does not hold.

    Raises:
        RuleBroken: ``gates-do-not-hold``, with those that do not.

    """
    closed = [gate for gate in gates if not gate.holds]
    if closed:
        named = ", ".join(f"{gate.gate} ({gate.found} of {gate.needed})" for gate in closed)
        raise RuleBroken(
            "gates-do-not-hold",
            f"Region {region} cannot open yet; still missing: {named}. See GET /v1/regions/{region}/readiness.",
            region=region,
            gates=[gate.as_extra() for gate in closed],
        )
