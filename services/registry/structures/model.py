"""The competence pole of a region: its certified trainers."""

from datetime import date
from typing import Self

from mongoengine import DateField, EmbeddedDocument, EmbeddedDocumentField, ListField, StringField

from chassis.aggregate import Aggregate
from services.registry.structures.events import PoleFormed, PoleTrainerJoined, PoleTrainerLeft


class Trainer(EmbeddedDocument):
    """A trainer of the pole and the certificates by which they belong to it."""

    person = StringField(required=True)
    certificates = ListField(StringField(), required=True)
    since = DateField(required=True)


class Pole(Aggregate):
    """The trainers of a region who hold a trainer's certificate that stands."""

    subject = "pole"
    territory = ("region",)

    region = StringField(primary_key=True)
    formed_on = DateField(required=True)
    trainers = ListField(EmbeddedDocumentField(Trainer))

    meta = {"collection": "poles"}

    @classmethod
    def form(cls, region: str, person: str, certificate: str, module: str, on: date) -> Self:
        """The pole that a region's first certified trainer makes."""
        pole = cls(region=region, formed_on=on)
        pole.record(PoleFormed(region=region, trainer=person, on=on))
        pole.welcome(person, certificate, module, on)
        return pole

    def welcome(self, person: str, certificate: str, module: str, on: date) -> bool:
        """Take in a trainer by a certificate. One who is there already belongs to it by one more certificate.

        Returns:
            False where that certificate is known and nothing changed.

        """
        known = next((trainer for trainer in self.trainers if trainer.person == person), None)
        if known is None:
            self.trainers.append(Trainer(person=person, certificates=[certificate], since=on))
            self.record(PoleTrainerJoined(region=self.region, trainer=person, certificate=certificate, module=module, on=on))
            return True
        if certificate in known.certificates:
            return False
        known.certificates.append(certificate)
        return True

    def withdraw(self, certificate: str, on: date) -> bool:
        """Let a certificate count no more; the trainer leaves with the last one.

        Returns:
            False where nobody belongs to the pole by it.

        """
        trainer = next((trainer for trainer in self.trainers if certificate in trainer.certificates), None)
        if trainer is None:
            return False
        trainer.certificates.remove(certificate)
        if not trainer.certificates:
            self.trainers.remove(trainer)
            self.record(PoleTrainerLeft(region=self.region, trainer=trainer.person, certificate=certificate, on=on))
        return True
