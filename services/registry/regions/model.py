"""A region's roll-out: planned, then preparing, then open."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from mongoengine import (
    DateField,
    DateTimeField,
    DictField,
    EmbeddedDocument,
    EmbeddedDocumentField,
    EnumField,
    IntField,
    ListField,
    MapField,
    StringField,
)

from chassis.aggregate import Aggregate
from chassis.problems import RuleBroken
from services.registry.conventions.model import Convention
from services.registry.packs.events import PackRef
from services.registry.regions.events import RegionJoined, RegionOpened, RegionPlanned, RegionPreparationOverdue
from services.registry.regions.gates import Gate, all_must_hold
from vocabulary.legal_days import legal_day
from vocabulary.text import Bilingual

# How long a service may take to prepare itself for a region before it is named as overdue. The work takes seconds; the
# rest is for a service that is down when the region joins.
ANSWER_WITHIN = timedelta(minutes=30)


class Rollout(StrEnum):
    """How far a region's roll-out has come."""

    PLANNED = "planned"
    PREPARING = "preparing"
    OPEN = "open"


class Preparation(EmbeddedDocument):
    """A service that must prepare itself for the region, and what it said when it had.

    `overdue_since` stays when it answers after all: it was late.
    """

    service = StringField(required=True)
    awaited_since = DateTimeField(required=True)
    overdue_since = DateTimeField()
    prepared_at = DateTimeField()
    what = DictField()


class Region(Aggregate):
    """A region and how far its roll-out has come."""

    subject = "region"
    territory = ("code",)

    code = StringField(primary_key=True)
    names = MapField(StringField(), required=True)
    population = IntField(required=True, min_value=0)
    state = EnumField(Rollout, default=Rollout.PLANNED)
    pack = StringField()
    convention = StringField()
    joined_on = DateField()
    opened_on = DateField()
    preparations = ListField(EmbeddedDocumentField(Preparation))

    meta = {"collection": "regions", "indexes": ["state"]}

    @classmethod
    def plan(cls, code: str, names: Bilingual, population: int) -> Self:
        """A region that may join one day."""
        region = cls(code=code, names={"fr": names.fr, "ar": names.ar}, population=population)
        region.record(RegionPlanned(region=code, names=names, population=population))
        return region

    @property
    def pack_ref(self) -> PackRef | None:
        """The pack it joined with, if it has."""
        return PackRef.parse(self.pack) if self.pack else None

    @property
    def awaited(self) -> list[Preparation]:
        """The services that have not said that they are prepared."""
        return [preparation for preparation in self.preparations if preparation.prepared_at is None]

    def join(self, pack: PackRef, services: Sequence[str], convention: Convention, at: datetime) -> None:
        """Leave `planned`: from now on the services of the pack prepare themselves.

        Raises:
            RuleBroken: it has joined already, or the convention is not in force for it.

        """
        if self.state is not Rollout.PLANNED:
            raise RuleBroken(
                "region-already-joined",
                f"Region {self.code} is {self.state} since it joined on {self.joined_on}: only a planned region joins.",
                region=self.code,
                state=str(self.state),
            )
        on = legal_day(at)
        convention.must_cover(self.code, on)
        self.state, self.pack, self.convention, self.joined_on = Rollout.PREPARING, pack.reference, convention.id, on
        self.preparations = [Preparation(service=service, awaited_since=at) for service in services]
        self.record(
            RegionJoined(
                region=self.code,
                names=self._names(),
                pack=pack,
                convention=convention.id,
                services=list(services),
                on=on,
            )
        )

    def note_prepared(self, service: str, pack: str, what: Mapping[str, Any], at: datetime) -> bool:
        """Note that a service is prepared, and what it said; its first answer counts.

        Returns:
            False, with nothing noted, where nobody asked it: another service, or another pack than the region's.

        """
        asked = [preparation for preparation in self.preparations if preparation.service == service and pack == self.pack]
        for preparation in asked:
            if preparation.prepared_at is None:
                preparation.prepared_at, preparation.what = at, dict(what)
        return bool(asked)

    def note_overdue(self, at: datetime) -> bool:
        """Name the services that have not answered in time; answers whether there are any."""
        late = [preparation for preparation in self.awaited if preparation.overdue_since is None]
        for preparation in late:
            preparation.overdue_since = at
        if late:
            self.record(
                RegionPreparationOverdue(
                    region=self.code,
                    services=[preparation.service for preparation in late],
                    awaited_since=min(preparation.awaited_since for preparation in late),
                )
            )
        return bool(late)

    def open(self, gates: Sequence[Gate], on: date) -> None:
        """Open, once every gate before that state holds.

        Raises:
            RuleBroken: ``gates-do-not-hold`` with those that do not, or the region is not preparing.

        """
        if self.state is not Rollout.PREPARING:
            raise RuleBroken(
                "region-not-preparing",
                f"Region {self.code} is {self.state}: only a region that has joined and is preparing opens.",
                region=self.code,
                state=str(self.state),
            )
        all_must_hold(self.code, gates)
        self.state, self.opened_on = Rollout.OPEN, on
        self.record(RegionOpened(region=self.code, names=self._names(), pack=PackRef.parse(self.pack), on=on))

    def _names(self) -> Bilingual:
        return Bilingual(fr=self.names["fr"], ar=self.names["ar"])
