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
    """What a region has here now: its issuer's id and the kinds of certificates it gives."""

    issuer: str
    kinds: list[str]


@event(
    "ma.nassij.certification.preparation.completed.v1",
    example={
        "region": "03",
        "pack": {"name": "fes-meknes", "version": "1.0"},
        "what": {"issuer": "issuer/03", "kinds": ["participation", "trainer"]},
    },
)
class PreparationCompleted:
    """Certification is ready for a region."""

    region: str
    pack: PackReference
    what: Prepared
