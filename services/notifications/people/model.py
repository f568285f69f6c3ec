"""The local copy of how people are reached. Personal data: it never leaves by an event, a log line or a metric."""

from mongoengine import EmbeddedDocument, EmbeddedDocumentField, StringField

from chassis.aggregate import Stored
from vocabulary.text import Bilingual, Language


class Names(EmbeddedDocument):
    """A name in both scripts; one of them may be empty."""

    fr = StringField(default="")
    ar = StringField(default="")


class Person(Stored):
    """Somebody as the registry last described them, under the actor's id."""

    id = StringField(primary_key=True)
    names = EmbeddedDocumentField(Names, required=True)
    mail = StringField()
    phone = StringField()
    language = StringField(required=True, choices=("fr", "ar"), default="fr")

    meta = {"collection": "people"}

    def describe(self, names: Bilingual, mail: str | None, phone: str | None, language: Language) -> None:
        """Take over what the registry says now."""
        self.names = Names(fr=names.fr, ar=names.ar)
        self.mail, self.phone, self.language = mail, phone, language

    def name(self, language: Language) -> str:
        """The name in a language, or in the other one where that is all there is."""
        return Bilingual(self.names.fr, self.names.ar).best(language)
