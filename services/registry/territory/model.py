"""Provinces and communes as the store keeps them. Regions are aggregates of their own (services/registry/regions)."""

from dataclasses import asdict
from typing import Any, Self

from mongoengine import IntField, MapField, StringField

from chassis.aggregate import Stored
from vocabulary import territory


class Place(Stored):
    """A place of the territory: public reference data, so everybody may read it. `population` is that of the 2024 census."""

    code = StringField(primary_key=True)
    names = MapField(StringField(), required=True)
    population = IntField(required=True, min_value=0)
    region = StringField(required=True)

    meta = {"abstract": True}

    @classmethod
    def of(cls, entry: "territory.Province | territory.Commune") -> Self:
        """The place that an entry of the official list describes."""
        return cls(**asdict(entry))

    def follow(self, entry: "territory.Province | territory.Commune") -> bool:
        """Take over what the official list says now; answers whether anything changed."""
        changed: dict[str, Any] = {name: value for name, value in asdict(entry).items() if getattr(self, name) != value}
        for name, value in changed.items():
            setattr(self, name, value)
        return bool(changed)


class Province(Place):
    """A province or prefecture."""

    kind = StringField(required=True, choices=("province", "prefecture"))

    meta = {"collection": "provinces", "indexes": [("region", "code")]}


class Commune(Place):
    """A commune, of a province or prefecture."""

    province = StringField(required=True)
    kind = StringField(required=True, choices=("urban", "rural"))

    meta = {"collection": "communes", "indexes": [("region", "code"), ("province", "code")]}
