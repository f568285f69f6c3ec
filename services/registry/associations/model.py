"""The association and its rules."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from mongoengine import EmbeddedDocumentField, EnumField, ListField, StringField

from chassis.aggregate import Aggregate, Stored
from chassis.ids import new_id
from services.registry.associations.events import AssociationRegistered
from services.registry.associations.values import Application, Names, Receipt, Source


class State(StrEnum):
    """How far the association's own declaration has come."""

    DECLARED = "declared"  # it has the receipt of its declaration


class Association(Aggregate):
    """An association in the register. Its bureau are actors, who name it in their mandates.

    ``keys`` are the blocking keys (vocabulary.matching) under which possible duplicates are found. They hold telephones and
    the consonants of officers' names, so they are personal data and never leave the store.
    """

    subject = "association"
    territory = ("region", "province")

    id = StringField(primary_key=True)
    region = StringField(required=True)
    province = StringField(required=True)
    commune = StringField(required=True)
    reference = StringField()
    names = EmbeddedDocumentField(Names, required=True)
    seat = StringField()
    receipt = EmbeddedDocumentField(Receipt)
    phone = StringField()  # E.164
    email = StringField()
    fields = ListField(StringField())
    state = EnumField(State, default=State.DECLARED)
    keys = ListField(StringField())
    source = EmbeddedDocumentField(Source, default=Source)

    meta = {
        "collection": "associations",
        "indexes": ["keys", ("region", "state"), ("province", "commune")],
    }

    @classmethod
    def register(cls, application: Application) -> Self:
        """A new association of the register, in the region and province of its commune."""
        made = cls(
            id=new_id(),
            region=application.region,
            province=application.province,
            keys=sorted(application.blocking_keys()),
            **{name: application[name] for name in _AS_HANDED_IN},
        )
        made.record(
            AssociationRegistered(
                association=made.id,
                region=made.region,
                province=made.province,
                commune=made.commune,
                names=made.names.bilingual(),
                fields=list(made.fields),
            )
        )
        return made

    def be_found_by(self, keys: Iterable[str]) -> None:
        """Take in further blocking keys, such as those of a new officer."""
        self.keys = sorted({*self.keys, *keys})


class Guard(Stored):
    """A row that registrations of possible look-alikes all write, so that only one of them passes at a time (guards.py)."""

    id = StringField(primary_key=True)

    meta = {"collection": "registration_guards"}


_AS_HANDED_IN = ("commune", "reference", "names", "seat", "receipt", "phone", "email", "fields", "source")
