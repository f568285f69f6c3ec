"""What changes the local copy of people."""

from chassis.commands import command
from chassis.queries import find
from services.certification.people.model import Person


@command
def describe(person: str, names: dict[str, str], language: str) -> None:
    """Keep what the registry last said about somebody."""
    known = find(Person, person) or Person(id=person)
    known.describe(names, language)
    known.save()


@command
def forget(person: str) -> None:
    """Erase the copy of somebody whom the registry has erased."""
    known = find(Person, person)
    if known is not None:
        known.remove()
