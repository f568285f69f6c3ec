"""What the registry says of associations. Telephones and addresses stay behind: they are people's as a rule."""

from chassis.events import event
from vocabulary.text import Bilingual


@event(
    "ma.nassij.registry.association.registered.v1",
    example={
        "association": "01930d4e-7c1a-7a53-9d0e-0f4b4d1f7a10",
        "region": "03",
        "province": "03.591",
        "commune": "03.591.01.03",
        "names": {"fr": "Association Al Amal pour le développement rural", "ar": "جمعية الأمل للتنمية القروية"},
        "fields": ["development", "rural"],
    },
)
class AssociationRegistered:
    """An association is in the register; `fields` are its fields of activity (vocabulary.glossary)."""

    association: str
    region: str
    province: str
    commune: str
    names: Bilingual
    fields: list[str]
