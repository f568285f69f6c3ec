"""Finding people."""

from chassis.queries import find
from chassis.reactions import NotYet
from services.notifications.people.model import Person


def awaited_person(person: str) -> Person:
    """How somebody is reached.

    Raises:
        NotYet: the registry has not described them here yet.

    """
    known = find(Person, person)
    if known is None:
        raise NotYet("registry", f"person/{person}")
    return known
