"""The actor and the rules about offices."""

from typing import Self

from mongoengine import DateField, EmbeddedDocument, EmbeddedDocumentField, EmbeddedDocumentListField, StringField

from chassis.aggregate import Aggregate
from chassis.ids import new_id
from chassis.problems import RuleBroken
from services.registry.actors.events import ActorMandateGiven, ActorRegistered, PersonDescribed
from services.registry.associations.values import MEMBER, Names, Officer
from vocabulary.association_sheet import OFFICES
from vocabulary.similarity import same_person
from vocabulary.text import LANGUAGES

HELD_BY_ONE = frozenset(OFFICES)
"""Offices that one person at a time holds in an association; any number are members."""


class Mandate(EmbeddedDocument):
    """An office in an association, from a day on; `ends` is the last day, None while it lasts."""

    association = StringField(required=True)
    office = StringField(required=True, choices=(*OFFICES, MEMBER))
    starts = DateField(required=True)
    ends = DateField()


class Actor(Aggregate):
    """A person who acts for associations, once a region however many offices are held.

    Names, phone, mail and language are personal data: they leave the registry on the personal topic only. ``region`` and
    ``province`` are those of the first association; they say who may see and change the actor.
    """

    subject = "actor"
    territory = ("region", "province")

    id = StringField(primary_key=True)
    region = StringField(required=True)
    province = StringField(required=True)
    names = EmbeddedDocumentField(Names, required=True)
    phone = StringField()  # E.164
    mail = StringField()
    language = StringField(required=True, choices=LANGUAGES)
    mandates = EmbeddedDocumentListField(Mandate)

    meta = {
        "collection": "actors",
        "indexes": ["mandates.association", "phone", ("region", "province")],
    }

    @classmethod
    def register(cls, person: Officer, mandate: Mandate, *, region: str, province: str) -> Self:
        """A person who was not known, with a first mandate."""
        made = cls(id=new_id(), region=region, province=province, language=person.language, mandates=[mandate])
        made.names, made.phone, made.mail = person.names, person.phone, person.email
        made.record(
            ActorRegistered(
                actor=made.id,
                association=mandate.association,
                office=mandate.office,
                region=region,
                province=province,
                language=made.language,
            )
        )
        made.record(made.description())
        return made

    def is_also(self, person: Officer) -> bool:
        """Whether somebody named like this, with this phone, is this person: a phone alone may be a family's or an office's."""
        return bool(person.phone) and person.phone == self.phone and same_person(self.names.bilingual(), person.names.bilingual())

    def holds(self, association: str, office: str) -> bool:
        """Whether this person holds the office there, with no end set."""
        return any(held.association == association and held.office == office and held.ends is None for held in self.mandates)

    def take_office(self, mandate: Mandate) -> None:
        """Hold a further office.

        Raises:
            RuleBroken: the person holds this office there already.

        """
        if self.holds(mandate.association, mandate.office):
            raise RuleBroken("office-held", "This person holds this office already: end the mandate first.", actor=self.id)
        self.mandates.append(mandate)
        self.record(
            ActorMandateGiven(actor=self.id, association=mandate.association, office=mandate.office, starts=mandate.starts)
        )

    def description(self) -> PersonDescribed:
        """What others have to know to write to this person."""
        return PersonDescribed(names=self.names.bilingual(), mail=self.mail, phone=self.phone, language=self.language)
