from mongoengine import IntField, StringField

from chassis.aggregate import Aggregate
from chassis.problems import RuleBroken
from tests.integration.chassis.notebook.pages.events import PageTurned

MOST = 1000


class Page(Aggregate):
    subject = "page"
    territory = ("region",)

    id = StringField(primary_key=True)
    region = StringField(required=True)
    turns = IntField(default=0)
    title = StringField()

    meta = {
        "collection": "pages",
        "indexes": [{"fields": ["title"], "unique": True, "partialFilterExpression": {"title": {"$exists": True}}}],
    }

    def turn(self) -> None:
        if self.turns >= MOST:
            raise RuleBroken("page-worn", "Take a new page.")
        self.turns += 1
        self.record(PageTurned(turns=self.turns))
