"""What an association says of itself when it is handed in, by a form or as a row of a sheet."""

from collections.abc import Iterable
from typing import Any, Self

from mongoengine import (
    DateField,
    EmbeddedDocument,
    EmbeddedDocumentField,
    EmbeddedDocumentListField,
    IntField,
    ListField,
    StringField,
)

from vocabulary import territory
from vocabulary.association_sheet import OFFICES
from vocabulary.matching import Fingerprint, blocking_keys
from vocabulary.text import LANGUAGES, Bilingual

MEMBER = "member"
"""Not an office of the bureau, but what an actor is who holds none."""


class Names(EmbeddedDocument):
    """A name in French and in Arabic; one of them may be empty."""

    fr = StringField(default="")
    ar = StringField(default="")

    @classmethod
    def of(cls, text: Bilingual) -> Self:
        """The same name, as it is kept."""
        return cls(fr=text.fr, ar=text.ar)

    def bilingual(self) -> Bilingual:
        """The same name, as the vocabulary compares it."""
        return Bilingual(self.fr or "", self.ar or "")


class Receipt(EmbeddedDocument):
    """The receipt of an association's declaration. No national number exists: these three together tell one from another."""

    number = StringField(required=True)
    date = DateField(required=True)
    authority = StringField(required=True)


class Officer(EmbeddedDocument):
    """Somebody who holds an office. Personal data: kept here only until the association is registered."""

    office = StringField(required=True, choices=(*OFFICES, MEMBER))
    names = EmbeddedDocumentField(Names, required=True)
    phone = StringField()  # E.164
    email = StringField()
    language = StringField(required=True, choices=LANGUAGES)


class Source(EmbeddedDocument):
    """Where it came from: a row (`line`, the header being 1) of an import, or the API where `import_id` is empty."""

    import_id = StringField()
    line = IntField()


class Application(EmbeddedDocument):
    """An association as it asks to be registered: read and checked (reading.py), not yet compared with the others."""

    reference = StringField()
    names = EmbeddedDocumentField(Names, required=True)
    commune = StringField(required=True)
    seat = StringField()
    receipt = EmbeddedDocumentField(Receipt)
    phone = StringField()  # E.164
    email = StringField()
    fields = ListField(StringField())
    officers = EmbeddedDocumentListField(Officer)
    source = EmbeddedDocumentField(Source, default=Source)

    @property
    def region(self) -> str:
        """The code of its commune's region."""
        return territory.region_of(self.commune)

    @property
    def province(self) -> str:
        """The code of its commune's province."""
        return territory.province_of(self.commune)

    def fingerprint(self) -> Fingerprint:
        """What tells it from other associations."""
        phones = [self.phone, *(officer.phone for officer in self.officers)]
        return fingerprint(self.names, self.commune, self.receipt, phones, [officer.names for officer in self.officers])

    def blocking_keys(self) -> frozenset[str]:
        """The blocking keys under which it is found."""
        return blocking_keys(self.fingerprint())


def fingerprint(names: Names, commune: str, receipt: Any, phones: Iterable[str | None], officers: Iterable[Names]) -> Fingerprint:
    """What tells an association from others, from the parts that are kept of it; `receipt` is a Receipt, or None."""
    return Fingerprint.of(
        names.bilingual(),
        commune=commune,
        phones=[phone for phone in phones if phone],
        receipt=receipt.number if receipt else None,
        officers=[officer.bilingual() for officer in officers],
    )
