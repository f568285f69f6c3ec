"""What a region needs of certification, and the part of the roll-out pack that says so."""

from collections.abc import Mapping
from typing import Any, Self

from mongoengine import DictField, EmbeddedDocument, EmbeddedDocumentField, IntField, MapField, StringField

from chassis.aggregate import Aggregate, Stored
from services.certification.issuers.model import Issuer
from services.certification.preparation.events import PackReference, PreparationCompleted, Prepared

KIND_OF_ACTIVITY: Mapping[str, str] = {"session": "participation", "cohort": "trainer"}
"""Which kind of certificate an activity earns: the training of trainers runs in cohorts, all else in sessions."""


class Kind(EmbeddedDocument):
    """A kind of certificate: its title {fr, ar}, and for how many months it holds (``None``: for good)."""

    title = DictField(required=True)
    validity_months = IntField(null=True)


class CertificatePart(Stored):
    """What a roll-out pack says about certificates, with the titles {fr, ar} of what is taught by code. Never changes."""

    reference = StringField(primary_key=True)
    kinds = MapField(EmbeddedDocumentField(Kind), required=True)
    titles = DictField(required=True)

    meta = {"collection": "certificate_parts"}

    @classmethod
    def of(cls, pack: Mapping[str, Any]) -> Self:
        """The part of a published pack that certification needs."""
        kinds = pack["certificates"]["kinds"]
        courses = [*pack["modules"], *([pack["trainer_course"]] if pack.get("trainer_course") else [])]
        return cls(
            reference=f"{pack['name']}@{pack['version']}",
            kinds={code: Kind(title=kind["title"], validity_months=kind["validity_months"]) for code, kind in kinds.items()},
            titles={course["code"]: course["title"] for course in courses},
        )

    def kind_for(self, activity_kind: str) -> tuple[str, Kind]:
        """The kind of certificate that an activity earns, by its code.

        Raises:
            KeyError: nothing is certified for such an activity.

        """
        code = KIND_OF_ACTIVITY[activity_kind]
        return code, self.kinds[code]

    def title_of(self, course: str) -> dict[str, str]:
        """The title of a module or of the trainers' course; its code where the pack does not know it."""
        return dict(self.titles.get(course) or {"fr": course, "ar": course})


class Preparation(Aggregate):
    """A region for which certification has made itself ready."""

    subject = "preparation"
    territory = ("region",)

    region = StringField(primary_key=True)
    pack = StringField(required=True)

    meta = {"collection": "preparations"}

    @classmethod
    def complete(cls, issuer: Issuer, name: str, version: str, part: CertificatePart) -> Self:
        """The region of this issuer is ready, with this pack."""
        prepared = cls(region=issuer.region, pack=part.reference)
        prepared.record(
            PreparationCompleted(
                region=issuer.region,
                pack=PackReference(name=name, version=version),
                what=Prepared(issuer=issuer.key, kinds=sorted(part.kinds)),
            )
        )
        return prepared
