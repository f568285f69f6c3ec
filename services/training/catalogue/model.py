"""What a pack lets people learn, and the catalogue that a region takes over from it."""

from datetime import date
from typing import Any, Self

from mongoengine import (
    DateField,
    DictField,
    EmbeddedDocument,
    EmbeddedDocumentField,
    EmbeddedDocumentListField,
    FloatField,
    IntField,
    ListField,
    StringField,
)

from chassis.aggregate import Aggregate, Stored
from chassis.problems import RuleBroken
from services.training.catalogue.events import PackRef, PreparationCompleted, Prepared
from vocabulary.pack import Certificates


class Family(EmbeddedDocument):
    """A family of modules; `title` is {fr, ar}."""

    code = StringField(required=True)
    title = DictField()


class Module(EmbeddedDocument):
    """A module as the pack plans it; `capacity` and `seats_per_association` are a session's unless it says otherwise."""

    code = StringField(required=True)
    family = StringField(required=True)
    title = DictField()
    half_days = IntField(required=True, min_value=1)
    capacity = IntField(required=True, min_value=1)
    seats_per_association = IntField(required=True, min_value=1)
    audience = StringField(required=True)
    dimensions = ListField(StringField())


class Course(EmbeddedDocument):
    """The training of trainers: `seats` is the most that one cohort takes."""

    code = StringField(required=True)
    title = DictField()
    half_days = IntField(required=True, min_value=1)
    seats = IntField(required=True, min_value=1)


class Curriculum(EmbeddedDocument):
    """What a pack says about training. `minimum_attendance` is the share of planned half-days that completes."""

    families = EmbeddedDocumentListField(Family)
    modules = EmbeddedDocumentListField(Module)
    course = EmbeddedDocumentField(Course, required=True)
    minimum_attendance = FloatField(required=True, min_value=0, max_value=1)

    @classmethod
    def of(cls, pack: dict[str, Any]) -> Self:
        """The part of a pack's document that training needs."""
        return cls(
            families=[Family(**_only(Family, family)) for family in pack["families"]],
            modules=[Module(**_only(Module, module)) for module in pack["modules"]],
            course=Course(**_only(Course, pack["trainer_course"])),
            minimum_attendance=pack["certificates"]["minimum_attendance"],
        )

    def half_days_needed(self, planned: int) -> int:
        """How many of the planned half-days complete, by the pack's own rule."""
        return Certificates(minimum_attendance=self.minimum_attendance, kinds={}).half_days_needed(planned)


def _only(cls: type[EmbeddedDocument], document: dict[str, Any]) -> dict[str, Any]:
    return {name: document[name] for name in cls._fields}


class PackCopy(Stored):
    """Training's own copy of a published pack, `<name>@<version>`."""

    id = StringField(primary_key=True)
    curriculum = EmbeddedDocumentField(Curriculum, required=True)

    meta = {"collection": "packs"}


class Catalogue(Stored):
    """What may be taught in a region, and since when sessions may be planned there (`opened_on`)."""

    territory = ("region",)

    region = StringField(primary_key=True)
    pack = StringField(required=True)
    curriculum = EmbeddedDocumentField(Curriculum, required=True)
    opened_on = DateField()

    meta = {"collection": "catalogues"}

    def open(self, on: date) -> None:
        """The registry has opened the region."""
        self.opened_on = on

    def must_be_open(self) -> None:
        """Refuse what only an open region does.

        Raises:
            RuleBroken: the region prepares itself still.

        """
        if self.opened_on is None:
            raise RuleBroken(
                "region-not-open",
                "This region is not open yet: sessions are planned once the registry has opened it.",
                region=self.region,
            )

    def module(self, code: str) -> Module:
        """A module of this catalogue.

        Raises:
            RuleBroken: the region's pack has none of this code.

        """
        for module in self.curriculum.modules:
            if module.code == code:
                return module  # type: ignore[no-any-return]
        raise RuleBroken(
            "module-not-in-catalogue",
            f"The catalogue of this region has no module {code}: choose one that GET /v1/catalogue lists.",
            module=code,
            region=self.region,
        )

    def course(self, code: str) -> Course:
        """The course for trainers, if this is its code.

        Raises:
            RuleBroken: the region's pack has another one.

        """
        course: Course = self.curriculum.course
        if course.code != code:
            raise RuleBroken(
                "course-not-in-catalogue",
                f"The course for trainers of this region is {course.code}, not {code}.",
                course=code,
                region=self.region,
            )
        return course

    @property
    def codes(self) -> list[str]:
        """The codes of its modules, in the pack's order."""
        return [module.code for module in self.curriculum.modules]


class Preparation(Aggregate):
    """That training has prepared itself for a region: once, when the region joined."""

    subject = "preparation"
    territory = ("region",)

    region = StringField(primary_key=True)

    meta = {"collection": "preparations"}

    @classmethod
    def completed(cls, catalogue: Catalogue) -> Self:
        """Say that the region's catalogue stands."""
        name, _, version = catalogue.pack.partition("@")
        curriculum = catalogue.curriculum
        preparation = cls(region=catalogue.region)
        preparation.record(
            PreparationCompleted(
                region=catalogue.region,
                pack=PackRef(name=name, version=version),
                what=Prepared(modules=len(curriculum.modules), families=len(curriculum.families), courses=1),
            )
        )
        return preparation
