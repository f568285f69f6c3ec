"""The review of a possible duplicate, and the rules of deciding it."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from mongoengine import EmbeddedDocumentField, EnumField, FloatField, ListField, StringField

from chassis.aggregate import Aggregate
from chassis.ids import new_id
from chassis.problems import Invalid, RuleBroken
from services.registry.associations.values import Application, Names, Source
from services.registry.reviews.events import Candidate, ReviewDecided, ReviewOpened


class State(StrEnum):
    """Whether somebody has decided."""

    OPEN = "open"
    DECIDED = "decided"


class Decision(StrEnum):
    """What the held association is."""

    DISTINCT = "distinct"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What an application resembles: ids, the likeliest first, and the score and reasons of that one."""

    against: tuple[str, ...]
    score: float
    reasons: tuple[str, ...]


class Review(Aggregate):
    """An association that is held because it may be one of the register already.

    ``candidate`` is all that was handed in, officers included, so it is personal data; it is dropped when the review is decided.
    """

    subject = "review"
    territory = ("region", "province")

    id = StringField(primary_key=True)
    region = StringField(required=True)
    province = StringField(required=True)
    commune = StringField(required=True)
    names = EmbeddedDocumentField(Names, required=True)
    candidate = EmbeddedDocumentField(Application)
    against = ListField(StringField())  # the likeliest first
    score = FloatField(required=True)
    reasons = ListField(StringField())
    state = EnumField(State, default=State.OPEN)
    decision = EnumField(Decision)
    of = StringField()
    registered = StringField()
    reason = StringField()
    source = EmbeddedDocumentField(Source, default=Source)

    meta = {"collection": "reviews", "indexes": [("region", "state"), ("province", "state")]}

    @classmethod
    def open(cls, candidate: Application, found: Resemblance) -> Self:
        """Hold an association because of what it resembles."""
        made = cls(id=new_id(), region=candidate.region, province=candidate.province, commune=candidate.commune)
        made.names, made.candidate, made.source = candidate.names, candidate, candidate.source
        made.against, made.score, made.reasons = list(found.against), found.score, list(found.reasons)
        public = Candidate(names=made.names.bilingual(), region=made.region, province=made.province, commune=made.commune)
        made.record(ReviewOpened(review=made.id, candidate=public, against=made.against, score=made.score, reasons=made.reasons))
        return made

    def must_be_open(self) -> None:
        """Raise RuleBroken where it is decided: a decision stands."""
        if self.state is not State.OPEN:
            raise RuleBroken("review-decided", f"This review is already decided: {self.decision}.", review=self.id)

    def must_know_all(self, resembled: Collection[str], also: Collection[str]) -> None:
        """Raise RuleBroken where it resembles associations that neither the review nor the decider (`also`) has named."""
        new = sorted(set(resembled) - set(self.against) - set(also))
        if new:
            raise RuleBroken(
                "review-out-of-date",
                "It also resembles associations registered since: look at them and decide again, naming them in `also`.",
                review=self.id,
                also=new,
            )

    def is_distinct(self, registered: str, reason: str) -> None:
        """It is an association of its own, registered under that id.

        Raises:
            RuleBroken: the review is decided already.

        """
        self.registered = registered
        self._decide(Decision.DISTINCT, reason)

    def is_duplicate(self, of: str | None, reason: str) -> None:
        """It is one of the register already, and goes no further.

        Raises:
            RuleBroken: the review is decided already.
            Invalid: it was not held against that association.

        """
        self.must_be_open()
        if of not in self.against:
            raise Invalid(
                "duplicate-of-none",
                "Say in `of` which one it is a duplicate of: one of those in `against`.",
                against=self.against,
            )
        self.of = of
        self._decide(Decision.DUPLICATE, reason)

    def _decide(self, decision: Decision, reason: str) -> None:
        self.must_be_open()
        self.state, self.decision, self.reason, self.candidate = State.DECIDED, decision, reason, None
        self.record(ReviewDecided(review=self.id, decision=decision.value, of=self.of, registered=self.registered))
