"""What the registry says about competence poles. People are named by id alone."""

from datetime import date

from chassis.events import event

_PERSON = "0190a5c0-7f0e-7c3a-9a53-1f6b2f1c9d07"
_CERTIFICATE = "NSJ-03-2024-000017"


@event("ma.nassij.registry.pole.formed.v1", example={"region": "03", "trainer": _PERSON, "on": "2024-02-10"})
class PoleFormed:
    """A region has its first certified trainer, and with it a competence pole."""

    region: str
    trainer: str
    on: date


@event(
    "ma.nassij.registry.pole.trainer-joined.v1",
    example={"region": "03", "trainer": _PERSON, "certificate": _CERTIFICATE, "module": "TOT-01", "on": "2024-02-10"},
)
class PoleTrainerJoined:
    """A certified trainer belongs to the region's pole."""

    region: str
    trainer: str
    certificate: str
    module: str
    on: date


@event(
    "ma.nassij.registry.pole.trainer-left.v1",
    example={"region": "03", "trainer": _PERSON, "certificate": _CERTIFICATE, "on": "2025-03-01"},
)
class PoleTrainerLeft:
    """The last certificate by which a trainer belonged to the pole was revoked."""

    region: str
    trainer: str
    certificate: str
    on: date
