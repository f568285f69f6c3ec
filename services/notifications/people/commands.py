"""What changes the local copy of people."""

from chassis.commands import command
from chassis.queries import find
from services.notifications.people.model import Person
from vocabulary.text import Bilingual, Language


@command
def describe(person: str, names: Bilingual, mail: str | None, phone: str | None, language: Language) -> None:
    """Keep what the registry last said about somebody."""
    known = find(Person, person) or Person(id=person)
    known.describe(names, mail, phone, language)
    known.save()


@command
def forget(person: str) -> None:
    """Erase the copy of somebody whom the registry has erased."""
    known = find(Person, person)
    if known is not None:
        known.remove()
