"""A convention and when it is in force."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Self

from mongoengine import DateField, EnumField, ListField, MapField, StringField

from chassis.aggregate import Aggregate
from chassis.ids import new_id
from chassis.problems import RuleBroken
from services.registry.conventions.events import ConventionDrafted, ConventionSigned
from vocabulary.text import Bilingual


class Signature(StrEnum):
    """How far a convention has come."""

    DRAFT = "draft"
    SIGNED = "signed"


class Convention(Aggregate):
    """A signed agreement under which its regions take part, from `starts` to `ends`, both days included.

    Whoever may see one of its regions may read it. It belongs to its region if it has one only; one of several regions is
    changed by those who may act in the whole country.
    """

    subject = "convention"
    territory = ("regions",)

    id = StringField(primary_key=True)
    title = MapField(StringField(), required=True)
    parties = ListField(StringField(), required=True)
    regions = ListField(StringField(), required=True)
    starts = DateField(required=True)
    ends = DateField(required=True)
    state = EnumField(Signature, default=Signature.DRAFT)
    signed_on = DateField()

    meta = {"collection": "conventions", "indexes": [("regions", "state", "starts")]}

    @classmethod
    def draft(cls, title: Bilingual, parties: Sequence[str], regions: Sequence[str], starts: date, ends: date) -> Self:
        """Write down a convention.

        Raises:
            RuleBroken: ``convention-ends-before-it-starts``.

        """
        if ends < starts:
            raise RuleBroken(
                "convention-ends-before-it-starts",
                f"The convention ends on {ends}, before it starts on {starts}: correct one of them.",
            )
        drafted = cls(
            id=new_id(),
            title={"fr": title.fr, "ar": title.ar},
            parties=list(parties),
            regions=sorted(set(regions)),
            starts=starts,
            ends=ends,
        )
        drafted.record(ConventionDrafted(**drafted._terms()))
        return drafted

    def region_and_province(self) -> tuple[str | None, str | None]:
        """Its region where it has one only."""
        return (self.regions[0] if len(self.regions) == 1 else None), None

    def sign(self, on: date, today: date) -> None:
        """Have it signed.

        Raises:
            RuleBroken: it is signed already, or the day is still to come.

        """
        if self.state is Signature.SIGNED:
            raise RuleBroken("convention-already-signed", f"The convention was signed on {self.signed_on}.", convention=self.id)
        if on > today:
            raise RuleBroken("signature-in-the-future", f"It is {today} today: give the day on which it was signed, not {on}.")
        self.state, self.signed_on = Signature.SIGNED, on
        self.record(ConventionSigned(**self._terms(), on=on))

    def active(self, on: date) -> bool:
        """Whether it is signed and in force on a day."""
        return self.state is Signature.SIGNED and self.starts <= on <= self.ends

    def must_cover(self, region: str, on: date) -> None:
        """Refuse to be what a region stands on where it is not in force there.

        Raises:
            RuleBroken: ``convention-does-not-cover``, with the reason.

        """
        reason = self._why_not(region, on)
        if reason is not None:
            raise RuleBroken(
                "convention-does-not-cover",
                f"The convention {self.id} {reason}: give one that is in force for region {region}.",
                convention=self.id,
                region=region,
            )

    def _why_not(self, region: str, on: date) -> str | None:
        if region not in self.regions:
            return f"does not name region {region}"
        if self.state is not Signature.SIGNED:
            return "is not signed"
        if not self.active(on):
            return f"is in force from {self.starts} to {self.ends}, not on {on}"
        return None

    def _terms(self) -> dict[str, Any]:
        return {
            "convention": self.id,
            "title": Bilingual(fr=self.title["fr"], ar=self.title["ar"]),
            "parties": list(self.parties),
            "regions": list(self.regions),
            "starts": self.starts,
            "ends": self.ends,
        }
