"""How far a region's roll-out may go and what it aims at: gates, targets, phases."""

from dataclasses import dataclass

from vocabulary.pack.reading import Node
from vocabulary.text import Bilingual

# The states a gate can stand before, in order. A region leaves `planned` by joining, which needs no gate.
GATED = ("open", "consolidating", "closed")
# What the registry can count of a region.
MEASURES = ("conventions_active", "services_prepared", "associations_registered", "associations_diagnosed")
_MOST = 1_000_000
_LONGEST = 60  # months


@dataclass(frozen=True)
class Condition:
    """One thing that must be true before the next state: at least `needed` of what `measure` counts.

    `services` names those that must have prepared themselves, for the measure `services_prepared` alone.
    """

    code: str
    measure: str
    needed: int
    title: Bilingual
    services: tuple[str, ...] = ()

    def holds(self, measured: int) -> bool:
        """Whether enough was measured."""
        return measured >= self.needed


@dataclass(frozen=True)
class Phase:
    """A stretch of the roll-out, in months; phases follow one another."""

    code: str
    title: Bilingual
    months: int


@dataclass(frozen=True)
class Targets:
    """What the whole roll-out of a region aims at."""

    associations: int
    actors: int
    trainers: int
    phases: tuple[Phase, ...]


def read_gates(node: Node) -> dict[str, tuple[Condition, ...]]:
    """The conditions before each state: {"open": (...)}."""
    node.only(*GATED)
    return {state: tuple(_condition(item) for item in entry.items()) for state, entry in node.entries()}


def read_targets(node: Node) -> Targets:
    """The numbers aimed at and the phases that lead there."""
    node.holds(Targets)
    return Targets(
        associations=node["associations"].whole(1, _MOST),
        actors=node["actors"].whole(1, _MOST),
        trainers=node["trainers"].whole(1, _MOST),
        phases=tuple(_phase(item) for item in node["phases"].items()),
    )


def _condition(node: Node) -> Condition:
    node.holds(Condition)
    measure = node["measure"].choice(MEASURES)
    needed = node["needed"].whole(1, _MOST)
    return Condition(
        code=node["code"].code(),
        measure=measure,
        needed=needed,
        title=node["title"].bilingual(),
        services=_services(node, measure, needed),
    )


def _services(node: Node, measure: str, needed: int) -> tuple[str, ...]:
    listed = node.get("services")
    if measure != "services_prepared":
        if listed is not None and not listed.is_empty():
            listed.refuse(f"stands beside the measure {measure}", "take it out: only services_prepared counts services")
        return ()
    services = tuple(item.code() for item in node["services"].items())
    if needed != len(services):
        node["needed"].refuse(f"is {needed} for {len(services)} services", "write their number: each of them must be prepared")
    return services


def _phase(node: Node) -> Phase:
    node.holds(Phase)
    return Phase(code=node["code"].code(), title=node["title"].bilingual(), months=node["months"].whole(1, _LONGEST))
