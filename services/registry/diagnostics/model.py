"""The diagnostic and its rules. How answers become scores and needs is the pack's grid (vocabulary.pack.grid)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Self

from mongoengine import (
    DateField,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    EnumField,
    FloatField,
    IntField,
    MapField,
    StringField,
)

from chassis.aggregate import Aggregate
from chassis.ids import new_id
from chassis.problems import Invalid
from services.registry.associations.model import Association
from services.registry.diagnostics.events import DiagnosticCompleted, NeededModule
from vocabulary.pack import Pack
from vocabulary.pack.grid import AnswersRefused


class Round(StrEnum):
    """Which look at an association it is; each association has one diagnostic a round."""

    BASELINE = "baseline"  # before anything was done
    FOLLOW_UP = "follow-up"  # after the plan was carried out


class Need(EmbeddedDocument):
    """A module that is needed and the dimension that called for it, with its score."""

    module = StringField(required=True)
    dimension = StringField(required=True)
    score = FloatField(required=True)


class Diagnostic(Aggregate):
    """An association's answers to a grid, complete, with the scores (0..100 by dimension) and needs that follow from them."""

    subject = "diagnostic"
    territory = ("region", "province")

    id = StringField(primary_key=True)
    association = StringField(required=True)
    region = StringField(required=True)
    province = StringField(required=True)
    commune = StringField(required=True)
    round = EnumField(Round, required=True)
    on = DateField(required=True)
    grid = StringField(required=True)
    answers = MapField(IntField(), required=True)
    scores = MapField(FloatField(), required=True)
    overall = FloatField(required=True)
    needs = EmbeddedDocumentListField(Need)

    meta = {
        "collection": "diagnostics",
        "indexes": [
            {"fields": ("association", "round"), "unique": True},
            ("region", "association"),
            ("province", "association"),
        ],
    }

    @classmethod
    def complete(cls, association: Association, pack: Pack, answers: Mapping[str, int], *, on: date, round: Round) -> Self:  # noqa: A002
        """Score the answers of an association by the grid of its region's pack.

        Raises:
            Invalid: a question has no answer, is not in the grid, or its level is none.

        """
        try:
            scores = pack.grid.score(answers)
        except AnswersRefused as refused:
            faults = [{"field": f"answers.{code}", "problem": why, "in": "body"} for code, why in refused.reasons.items()]
            sentence = f"Answer every question of the grid of {pack.reference} with a level, as the list says."
            raise Invalid("answers-refused", sentence, faults) from None
        where = {name: getattr(association, name) for name in ("region", "province", "commune")}
        made = cls(id=new_id(), association=association.id, round=round, on=on, grid=pack.reference, **where)
        made.answers, made.scores, made.overall = dict(answers), scores, pack.grid.overall(scores)
        made.needs = [Need(module=n.module, dimension=n.dimension, score=n.score) for n in pack.grid.needs(scores)]
        made.record(made._completed())
        return made

    def _completed(self) -> DiagnosticCompleted:
        return DiagnosticCompleted(
            association=self.association,
            region=self.region,
            province=self.province,
            commune=self.commune,
            round=self.round.value,
            on=self.on,
            grid=self.grid,
            scores=dict(self.scores),
            overall=self.overall,
            needs=[NeededModule(module=n.module, dimension=n.dimension, score=n.score) for n in self.needs],
        )
