"""Trainers who come to a pole and leave it."""

from datetime import date

from chassis.commands import command
from chassis.queries import find
from services.registry.structures.model import Pole


@command
def welcome_trainer(region: str, person: str, certificate: str, module: str, on: date) -> None:
    """Take a certified trainer into the region's pole, and form the pole with the first one."""
    pole = find(Pole, region)
    if pole is None:
        Pole.form(region, person, certificate, module, on).save()
    elif pole.welcome(person, certificate, module, on):
        pole.save()


@command
def withdraw_certificate(region: str, certificate: str, on: date) -> None:
    """Let a revoked certificate count no more, if anybody belongs to the region's pole by it."""
    pole = find(Pole, region)
    if pole is not None and pole.withdraw(certificate, on):
        pole.save()
