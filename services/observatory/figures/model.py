"""What the figures are made of, and the figures."""

from mongoengine import DictField, DynamicField, MapField, StringField

from chassis.aggregate import Stored


class Fact(Stored):
    """What events have told of one thing (an association, a session, a region, ...): ``told`` is folded from them.

    Each figure is the sum of what every fact contributes to it (``contributions.py``), so that the order in which events of
    different keys come makes no difference to any of them.
    """

    key = StringField(primary_key=True)
    told = MapField(DynamicField())

    meta = {"collection": "facts"}


class Figures(Stored):
    """The figures of a region's part that lies in a province; without a province, of what belongs to the region as a whole."""

    territory = ("region", "province")

    place = StringField(primary_key=True)
    region = StringField()
    province = StringField()
    counts = DictField()

    meta = {"collection": "figures", "indexes": [("region", "province")]}


def place(region: str | None, province: str | None) -> str:
    """The key of a place's figures."""
    return f"{region or ''}/{province or ''}"
