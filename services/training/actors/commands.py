"""Knowing actors."""

from chassis.commands import command
from chassis.queries import find
from services.training.actors.model import Actor


@command
def know(person: str, *, association: str, office: str | None, region: str, province: str, language: str | None) -> None:
    """Keep what training must know of an actor."""
    actor = find(Actor, person) or Actor(id=person)
    actor.association, actor.office = association, office
    actor.region, actor.province, actor.language = region, province, language
    actor.save()
