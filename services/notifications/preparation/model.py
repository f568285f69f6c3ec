"""What a region needs of notifications, and the part of the roll-out pack that says so."""

from collections.abc import Mapping
from typing import Any, Self

from mongoengine import DictField, EmbeddedDocument, EmbeddedDocumentField, IntField, StringField

from chassis.aggregate import Aggregate, Stored
from services.notifications.preparation.events import PackReference, PreparationCompleted, Prepared
from vocabulary.pack.messages import Wording
from vocabulary.text import LANGUAGES, Bilingual, Language


class Worded(EmbeddedDocument):
    """A message in one language, values marked as ``${name}``."""

    subject = StringField(required=True)
    body = StringField(required=True)


class Template(Stored):
    """How a message of a pack is worded, under ``fes-meknes@1.0/session-enrolled``. Never changes."""

    id = StringField(primary_key=True)
    pack = StringField(required=True)
    code = StringField(required=True)
    fr = EmbeddedDocumentField(Worded, required=True)
    ar = EmbeddedDocumentField(Worded, required=True)

    meta = {"collection": "templates"}

    def wording(self, language: Language) -> Wording:
        """The wording in one language."""
        worded = self.ar if language == "ar" else self.fr
        return Wording(worded.subject, worded.body)


class PackPart(Stored):
    """What notifications keep of a pack beside its templates: titles {fr, ar} of what is taught, by code. Never changes."""

    reference = StringField(primary_key=True)
    titles = DictField(required=True)
    templates = IntField(required=True)

    meta = {"collection": "pack_parts"}

    @classmethod
    def of(cls, pack: Mapping[str, Any]) -> Self:
        """The part of a published pack."""
        courses = [*pack["modules"], *([pack["trainer_course"]] if pack.get("trainer_course") else [])]
        titles = {course["code"]: course["title"] for course in courses}
        return cls(reference=f"{pack['name']}@{pack['version']}", titles=titles, templates=len(pack["templates"]))

    def title(self, course: str) -> Bilingual:
        """The title of a module or of the trainers' course; its code where the pack does not know it."""
        title = self.titles.get(course) or {}
        return Bilingual(title.get("fr") or course, title.get("ar") or course)


def templates_of(pack: Mapping[str, Any]) -> list[Template]:
    """The templates of a published pack."""
    reference = f"{pack['name']}@{pack['version']}"
    return [
        Template(
            id=template_id(reference, worded["code"]),
            pack=reference,
            code=worded["code"],
            fr=Worded(**worded["fr"]),
            ar=Worded(**worded["ar"]),
        )
        for worded in pack["templates"]
    ]


def template_id(pack: str, code: str) -> str:
    """Under which id the wording of a pack's message is kept."""
    return f"{pack}/{code}"


class Preparation(Aggregate):
    """A region for which notifications have made themselves ready, and with which pack."""

    subject = "preparation"
    territory = ("region",)

    region = StringField(primary_key=True)
    pack = StringField(required=True)

    meta = {"collection": "preparations"}

    @classmethod
    def complete(cls, region: str, name: str, version: str, part: PackPart) -> Self:
        """The region is ready, with this pack."""
        prepared = cls(region=region, pack=part.reference)
        what = Prepared(templates=part.templates, languages=list(LANGUAGES))
        prepared.record(PreparationCompleted(region=region, pack=PackReference(name=name, version=version), what=what))
        return prepared
