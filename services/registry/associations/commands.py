"""Putting associations into the register. Whether they may go in at once is decided in reviews/."""

from collections.abc import Iterable

from chassis.commands import command
from services.registry.associations import queries
from services.registry.associations.model import Association
from services.registry.associations.values import Application


@command
def register(application: Application) -> Association:
    """Register an association that was compared with the others and is none of them."""
    return Association.register(application).save()


@command
def add_keys(identifier: str, keys: Iterable[str]) -> Association:
    """Let an association also be found by these blocking keys."""
    association = queries.association(identifier)
    association.be_found_by(keys)
    return association.save()
