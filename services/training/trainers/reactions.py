"""What certificates mean to trainers."""

from chassis.events import Received, day
from chassis.reactions import reaction
from services.training.trainers import commands

TRAINER = "trainer"


@reaction("ma.nassij.certification.certificate.issued.v1")
def certify_trainer(event: Received) -> None:
    """A certificate was issued; one of the kind `trainer` makes its holder a trainer of the region."""
    data = event.data
    if data["kind"] == TRAINER and event.region is not None:
        expires_on = data.get("expires_on")
        commands.certify(
            data["person"], region=event.region, number=event.subject_id, expires_on=day(expires_on) if expires_on else None
        )


@reaction("ma.nassij.certification.certificate.revoked.v1")
def lose_trainer(event: Received) -> None:
    """A certificate was revoked; if it made somebody a trainer, it does no longer."""
    commands.lose_certificate(event.subject_id)
