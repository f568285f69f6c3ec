"""What the registry says about regions."""

from datetime import date, datetime

from chassis.events import event
from services.registry.packs.events import PackRef
from vocabulary.text import Bilingual

_NAMES = {"fr": "Fès-Meknès", "ar": "فاس - مكناس"}
_PACK = {"name": "fes-meknes", "version": "1.0"}


@event(
    "ma.nassij.registry.region.planned.v1",
    example={"region": "03", "names": _NAMES, "population": 4_467_911},
)
class RegionPlanned:
    """A region is known and may join the programme one day."""

    region: str
    names: Bilingual
    population: int


@event(
    "ma.nassij.registry.region.joined.v1",
    example={
        "region": "03",
        "names": _NAMES,
        "pack": _PACK,
        "convention": "0190a5c0-7f0e-7c3a-9a53-1f6b2f1c9d01",
        "services": ["training", "certification", "notifications"],
        "on": "2023-06-14",
    },
)
class RegionJoined:
    """A region joined with a roll-out pack; the services that the pack names must now prepare themselves for it."""

    region: str
    names: Bilingual
    pack: PackRef
    convention: str
    services: list[str]
    on: date


@event(
    "ma.nassij.registry.region.preparation-overdue.v1",
    example={"region": "03", "services": ["certification"], "awaited_since": "2023-06-14T09:00:00Z"},
)
class RegionPreparationOverdue:
    """Services have not said in time that they are prepared for a region."""

    region: str
    services: list[str]
    awaited_since: datetime


@event(
    "ma.nassij.registry.region.opened.v1",
    example={"region": "03", "names": _NAMES, "pack": _PACK, "on": "2023-09-20"},
)
class RegionOpened:
    """Every gate held: the programme's sessions may begin in the region."""

    region: str
    names: Bilingual
    pack: PackRef
    on: date
