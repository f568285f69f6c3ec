"""What preparation publishes."""

from dataclasses import dataclass

from chassis.events import event


@dataclass(frozen=True, kw_only=True)
class PackReference:
    """Which roll-out pack."""

    name: str
    version: str


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What a region has here now: so many messages, in these languages."""

    templates: int
    languages: list[str]


@event(
    "ma.nassij.notifications.preparation.completed.v1",
    example={
        "region": "03",
        "pack": {"name": "fes-meknes", "version": "1.0"},
        "what": {"templates": 8, "languages": ["fr", "ar"]},
    },
)
class PreparationCompleted:
    """Notifications are ready for a region."""

    region: str
    pack: PackReference
    what: Prepared
