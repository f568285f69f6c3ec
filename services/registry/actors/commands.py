"""People and their offices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from chassis import clock
from chassis.commands import command
from chassis.problems import Invalid, RuleBroken
from chassis.queries import hold
from chassis.scope import unscoped
from services.registry.actors import queries
from services.registry.actors.model import HELD_BY_ONE, Actor, Mandate
from services.registry.associations import commands as associations
from services.registry.associations import queries as register
from services.registry.associations.guards import hold_guards
from services.registry.associations.model import Association
from services.registry.associations.values import Officer
from vocabulary.matching import Fingerprint, blocking_keys
from vocabulary.text import Bilingual


@command
def register_actor(association: str, person: Officer, starts: date | None = None) -> Actor:
    """A person takes an office in an association: a known person of the region, or a new one.

    Raises:
        NotFound: there is no such association in the scope.
        RuleBroken: the office is held by somebody.
        Invalid: the mandate would begin in the future.

    """
    where = hold(register.association(association))
    first_day = starts or clock.today()
    if first_day > clock.today():
        raise Invalid("mandate-in-the-future", "A mandate is recorded once it has begun: give a day that has come.")
    keys = officer_keys(where, person)
    hold_guards(keys)
    _office_is_free(where, person.office)
    actor = People.known_in(where.region, [person]).appoint(where, person, first_day)
    associations.add_keys(where.id, keys)
    return actor


def officer_keys(association: Association, person: Officer) -> frozenset[str]:
    """The blocking keys under which an association is found because of this officer."""
    known_by = Fingerprint.of(
        Bilingual(),
        commune=association.commune,
        phones=[person.phone] if person.phone else [],
        officers=[person.names.bilingual()],
    )
    return blocking_keys(known_by)


@dataclass
class People:
    """The people of a region who may be meant, loaded once for as many appointments as are to be made.

    Two transactions that appoint the same new person meet in the guard of the phone, which whoever calls this holds.
    """

    region: str
    by_phone: dict[str, list[Actor]] = field(default_factory=dict)

    @classmethod
    def known_in(cls, region: str, persons: Iterable[Officer]) -> "People":
        """Those who have a phone of one of these persons."""
        known = cls(region)
        for actor in queries.with_phones(region, {person.phone for person in persons if person.phone}):
            known._remember(actor)
        return known

    def appoint_all(self, association: Association, officers: Sequence[Officer], starts: date) -> list[Actor]:
        """Give every officer the mandate; see `appoint`."""
        return [self.appoint(association, officer, starts) for officer in officers]

    def appoint(self, association: Association, person: Officer, starts: date) -> Actor:
        """Give the person the mandate, as a new actor unless one of these is the same person."""
        mandate = Mandate(association=association.id, office=person.office, starts=starts)
        same = next((actor for actor in self.by_phone.get(person.phone or "", ()) if actor.is_also(person)), None)
        if same is not None:
            same.take_office(mandate)
            return same.save()
        made = Actor.register(person, mandate, region=association.region, province=association.province).save()
        self._remember(made)
        return made

    def _remember(self, actor: Actor) -> None:
        if actor.phone:
            self.by_phone.setdefault(actor.phone, []).append(actor)


def _office_is_free(association: Association, office: str) -> None:
    if office not in HELD_BY_ONE:
        return
    with unscoped("an officer may be known from another province"):
        holders = list(queries.actors(association=association.id))
    if any(holder.holds(association.id, office) for holder in holders):
        raise RuleBroken(
            "office-taken",
            f"The association has a {office}: end that mandate before you record another.",
            association=association.id,
            office=office,
        )
