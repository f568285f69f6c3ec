"""The local copy of people's names. Personal data: it never leaves by an event, a log line or a metric."""

from mongoengine import EmbeddedDocument, EmbeddedDocumentField, StringField

from chassis.aggregate import Stored


class Names(EmbeddedDocument):
    """A name in both scripts; one of them may be empty."""

    fr = StringField(default="")
    ar = StringField(default="")


class Person(Stored):
    """Somebody as the registry last described them, under the actor's id."""

    id = StringField(primary_key=True)
    names = EmbeddedDocumentField(Names, required=True)
    language = StringField(required=True, choices=("fr", "ar"), default="fr")

    meta = {"collection": "people"}

    def describe(self, names: dict[str, str], language: str) -> None:
        """Take over what the registry says now."""
        self.names = Names(fr=names.get("fr") or "", ar=names.get("ar") or "")
        self.language = language
