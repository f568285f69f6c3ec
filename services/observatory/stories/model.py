"""What is kept of every event: where it stands and how it hangs together with others, never what it says."""

from mongoengine import DateTimeField, IntField, ListField, StringField

from chassis.aggregate import Stored


class Told(Stored):
    """One event. ``place`` (key, source and sequence) is what no two events share; ``refs`` are the keys that it names."""

    territory = ("region", "province")

    place = StringField(primary_key=True)
    event = StringField(required=True)
    type = StringField(required=True)
    source = StringField(required=True)
    key = StringField(required=True)
    sequence = IntField(required=True)
    region = StringField()
    province = StringField()
    time = DateTimeField(required=True)
    correlation = StringField()
    causation = StringField()
    by = StringField()
    refs = ListField(StringField())

    meta = {"collection": "told", "indexes": ["event", ("correlation", "event")]}
