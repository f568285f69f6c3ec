"""The people who may take part."""

from mongoengine import StringField

from chassis.aggregate import Stored
from chassis.problems import RuleBroken


class Actor(Stored):
    """Training's own copy of an actor: ids and codes, no name, no address."""

    territory = ("region", "province")

    id = StringField(primary_key=True)
    association = StringField(required=True)
    office = StringField()
    region = StringField(required=True)
    province = StringField(required=True)
    language = StringField()

    meta = {"collection": "actors", "indexes": ["region", "province"]}

    def must_be_of(self, region: str) -> None:
        """Refuse actors of elsewhere.

        Raises:
            RuleBroken: the actor's association lies in another region.

        """
        if self.region != region:
            raise RuleBroken(
                "actor-of-another-region",
                "This person's association lies in another region: choose people of this one.",
                person=self.id,
            )
