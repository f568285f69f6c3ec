"""What the registry says about conventions."""

from datetime import date

from chassis.events import event
from vocabulary.text import Bilingual


@event(
    "ma.nassij.registry.convention.drafted.v1",
    example={
        "convention": "0190a5c0-7f0e-7c3a-9a53-1f6b2f1c9d01",
        "title": {"fr": "Convention de partenariat Fès-Meknès", "ar": "اتفاقية شراكة فاس مكناس"},
        "parties": ["Agence de développement social", "Conseil régional"],
        "regions": ["03"],
        "starts": "2023-06-01",
        "ends": "2026-12-31",
    },
)
class ConventionDrafted:
    """A convention was written down and waits to be signed."""

    convention: str
    title: Bilingual
    parties: list[str]
    regions: list[str]
    starts: date
    ends: date


@event(
    "ma.nassij.registry.convention.signed.v1",
    example={
        "convention": "0190a5c0-7f0e-7c3a-9a53-1f6b2f1c9d01",
        "title": {"fr": "Convention de partenariat Fès-Meknès", "ar": "اتفاقية شراكة فاس مكناس"},
        "parties": ["Agence de développement social", "Conseil régional"],
        "regions": ["03"],
        "starts": "2023-06-01",
        "ends": "2026-12-31",
        "on": "2023-05-20",
    },
)
class ConventionSigned:
    """A convention was signed by its parties; it is in force from `starts` to `ends`, both included."""

    convention: str
    title: Bilingual
    parties: list[str]
    regions: list[str]
    starts: date
    ends: date
    on: date
