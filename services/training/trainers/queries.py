"""Finding trainers."""

from chassis.problems import NotFound
from chassis.queries import find
from services.training.trainers.model import Trainer


def of_region(person: str, region: str) -> Trainer:
    """The trainer of this region.

    Raises:
        NotFound: there is none that the scope admits.

    """
    trainer = find(Trainer, person)
    if trainer is None or trainer.region != region:
        raise NotFound(
            "trainer",
            person,
            f"{person} is no trainer of region {region}: GET /v1/trainers lists those whom a certificate made one.",
        )
    return trainer
