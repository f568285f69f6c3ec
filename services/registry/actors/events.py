"""What the registry says of actors. Only `person.described` carries personal data; it travels on the personal topic alone."""

from datetime import date

from chassis.events import event, personal_event
from vocabulary.text import Bilingual, Language

_ACTOR = "01930d4e-8a41-7d7e-8c52-5f0a3f5a9b01"
_ASSOCIATION = "01930d4e-7c1a-7a53-9d0e-0f4b4d1f7a10"


@event(
    "ma.nassij.registry.actor.registered.v1",
    example={
        "actor": _ACTOR,
        "association": _ASSOCIATION,
        "office": "president",
        "region": "03",
        "province": "03.591",
        "language": "ar",
    },
)
class ActorRegistered:
    """A person is known, with a first office in an association."""

    actor: str
    association: str
    office: str
    region: str
    province: str
    language: Language


@event(
    "ma.nassij.registry.actor.mandate-given.v1",
    example={"actor": _ACTOR, "association": _ASSOCIATION, "office": "treasurer", "starts": "2024-02-11"},
)
class ActorMandateGiven:
    """A known person took a further office; the first one comes with `actor.registered`."""

    actor: str
    association: str
    office: str
    starts: date


@personal_event(
    "ma.nassij.registry.person.described.v1",
    example={
        "names": {"fr": "Khadija El Idrissi", "ar": "خديجة الإدريسي"},
        "mail": "khadija.elidrissi@example.org",
        "phone": "+212600012345",
        "language": "ar",
    },
)
class PersonDescribed:
    """How a person is called and reached. The key is the actor's id; the latest counts."""

    names: Bilingual
    mail: str | None
    phone: str | None
    language: Language
