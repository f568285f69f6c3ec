"""What training says of its preparation."""

from dataclasses import dataclass

from chassis.events import event


@dataclass(frozen=True, kw_only=True)
class PackRef:
    """A roll-out pack by name and version."""

    name: str
    version: str


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What stands ready, in numbers."""

    modules: int
    families: int
    courses: int


@event(
    "ma.nassij.training.preparation.completed.v1",
    example={
        "region": "03",
        "pack": {"name": "fes-meknes", "version": "1.0"},
        "what": {"modules": 16, "families": 2, "courses": 1},
    },
)
class PreparationCompleted:
    """Training has its catalogue for a region that joined."""

    region: str
    pack: PackRef
    what: Prepared
