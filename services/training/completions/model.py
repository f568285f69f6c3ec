"""Completions."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

from mongoengine import DateField, EmbeddedDocument, EmbeddedDocumentField, IntField, StringField

from chassis.aggregate import Aggregate
from services.training.completions.events import ActivityRef, CompletionRecorded

ActivityKind = Literal["session", "cohort"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An activity that is over: what its completions have in common."""

    kind: ActivityKind
    id: str
    module: str
    region: str
    province: str | None
    half_days: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Completer:
    """Somebody who attended enough, and how many half-days that was."""

    person: str
    association: str
    attended: int


class Activity(EmbeddedDocument):
    """What was completed."""

    kind = StringField(required=True, choices=("session", "cohort"))
    id = StringField(required=True)


class Completion(Aggregate):
    """That a person completed an activity: exactly one for each, since its id is made of the two."""

    subject = "completion"
    territory = ("region", "province")

    id = StringField(primary_key=True)
    person = StringField(required=True)
    activity = EmbeddedDocumentField(Activity, required=True)
    module = StringField(required=True)
    association = StringField(required=True)
    region = StringField(required=True)
    province = StringField()
    attended = IntField(required=True)
    planned = IntField(required=True)
    on = DateField(required=True)

    meta = {"collection": "completions", "indexes": ["region", "person", "activity.id"]}

    @classmethod
    def of(cls, ended: Ended, who: Completer) -> Self:
        """Record that somebody completed what has ended."""
        completion = cls(
            id=f"{ended.kind}-{ended.id}-{who.person}",
            person=who.person,
            activity=Activity(kind=ended.kind, id=ended.id),
            module=ended.module,
            association=who.association,
            region=ended.region,
            province=ended.province,
            attended=who.attended,
            planned=ended.half_days,
            on=ended.on,
        )
        completion.record(
            CompletionRecorded(
                person=who.person,
                activity=ActivityRef(kind=ended.kind, id=ended.id),
                module=ended.module,
                association=who.association,
                attendance=completion.attendance,
                half_days_attended=who.attended,
                half_days_planned=ended.half_days,
                on=ended.on,
            )
        )
        return completion

    @property
    def attendance(self) -> float:
        """The share of all planned half-days, 0 to 1, to three places."""
        share: float = self.attended / self.planned
        return round(share, 3)
