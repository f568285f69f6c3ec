"""Which modules an association needs."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from mongoengine import DateTimeField, ListField, StringField

from chassis.aggregate import Stored


class AssociationNeeds(Stored):
    """The modules that the latest diagnostic of one association calls for; ids and codes alone."""

    territory = ("region", "province")

    association = StringField(primary_key=True)
    region = StringField(required=True)
    province = StringField(required=True)
    modules = ListField(StringField())
    diagnosed_at = DateTimeField(required=True)

    meta = {"collection": "needs", "indexes": ["province", "region"]}

    def supersede(self, modules: Collection[str], at: datetime) -> bool:
        """Take over a diagnostic's needs, unless a later one is known already: each diagnostic is a stream of its own.

        Returns:
            Whether they were taken over.

        """
        if self.diagnosed_at is not None and self.diagnosed_at >= at:
            return False
        self.modules = sorted(set(modules))
        self.diagnosed_at = at
        return True


class Demand(NamedTuple):
    """How many associations of a province need a module."""

    province: str
    module: str
    associations: int
