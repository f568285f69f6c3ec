"""Finding actors."""

from collections.abc import Sequence

from chassis.problems import NotFound
from chassis.queries import get_many
from services.training.actors.model import Actor


def known(persons: Sequence[str], *, region: str) -> list[Actor]:
    """The actors with these ids, in their order.

    Raises:
        NotFound: one is not known, or lies outside the scope.
        RuleBroken: one is of another region.

    """
    found = get_many(Actor, persons)
    for person in persons:
        if person not in found:
            raise NotFound(
                "actor", person, f"There is no actor {person} that you may see; one who was just registered is known in a moment."
            )
        found[person].must_be_of(region)
    return [found[person] for person in persons]
