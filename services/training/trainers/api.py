"""Trainers over HTTP."""

from typing import Any

from chassis.http import Blueprint, Page, page, page_of, requires
from chassis.queries import get
from services.training.trainers.model import Trainer
from services.training.trainers.schemas import TrainersOf, TrainerView

blueprint = Blueprint("trainers", __name__, description="Who may hold sessions.")


@blueprint.get("/trainers")
@requires("trainer:read")
@blueprint.arguments(TrainersOf, location="query")
@blueprint.response(200, page_of(TrainerView))
def trainers(query: dict[str, Any]) -> Page:
    """The trainers, also those who have lost their certificate."""
    where = {name: query[name] for name in ("region",) if name in query}
    return page(Trainer.objects(**where), query["limit"], query["after"], key="person")


@blueprint.get("/trainers/<person>")
@requires("trainer:read")
@blueprint.response(200, TrainerView)
def trainer(person: str) -> Trainer:
    """One trainer."""
    return get(Trainer, person)
