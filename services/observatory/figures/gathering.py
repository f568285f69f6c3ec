"""A transaction's folding: the facts it needs are loaded at once, and what changed is written at its end in two bulk writes."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Self

from pymongo import ReplaceOne, UpdateOne

from chassis.store.connection import Row
from chassis.store.unit import UnitOfWork, Write
from services.observatory.figures.folding import Folding, Place
from services.observatory.figures.model import Fact, Figures, place
from services.observatory.figures.rules import RULES

FACTS, FIGURES = Fact.collection_name(), Figures.collection_name()


class Gathering:
    """Facts and figures of one transaction."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self.folding = Folding(RULES)
        self.changes = 0

    @classmethod
    def over(cls, unit: UnitOfWork) -> Self:
        """Begin with nothing known."""
        return cls(unit)

    def load(self, keys: Collection[str]) -> None:
        """Load these facts, but for those that are known already."""
        unknown = [key for key in dict.fromkeys(keys) if key not in self.folding.facts]
        if unknown:
            found = self._unit.store.database[FACTS].find({"_id": {"$in": unknown}}, session=self._unit.session)
            self.folding.facts |= {key: {} for key in unknown} | {row["_id"]: row["told"] for row in found}

    def writes(self) -> Iterator[tuple[str, Write]]:
        """Hand over what changed."""
        folding = self.folding
        for key in folding.changed:
            yield FACTS, replacing(key, folding.facts[key])
        for where, counts in folding.sums.items():
            yield FIGURES, adding(where, counts)
        folding.changed, folding.sums = set(), {}


def replacing(key: str, told: Mapping[str, Any]) -> Write:
    """The write that keeps a fact. ``version`` marks it as a whole document; what guards it is its consumer's watermark."""
    row: Row = {"version": 1, "guard": 0, "told": told}
    return ReplaceOne({"_id": key}, row, upsert=True)


def adding(where: Place, counts: Mapping[str, int]) -> Write:
    """The write that adds to a place's figures."""
    region, province = where
    changes = {f"counts.{name}": amount for name, amount in counts.items()}
    once = {"version": 1, "guard": 0, "region": region, "province": province}
    return UpdateOne({"_id": place(region, province)}, {"$inc": changes, "$setOnInsert": once}, upsert=True)
