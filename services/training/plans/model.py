"""Provincial plans."""

from collections.abc import Collection, Sequence
from datetime import date

from mongoengine import DateField, EmbeddedDocument, EmbeddedDocumentListField, IntField, StringField

from chassis.aggregate import Aggregate
from chassis.problems import RuleBroken
from services.training.needs.model import Demand
from services.training.plans.events import PlanEstablished, PlannedModule


class PlanModule(EmbeddedDocument):
    """A module of a plan and how many associations need it."""

    module = StringField(required=True)
    associations = IntField(required=True, min_value=1)


class Plan(Aggregate):
    """The capacity-building plan of a province: its current one, however often it was established."""

    subject = "plan"
    territory = ("region", "province")

    province = StringField(primary_key=True)
    region = StringField(required=True)
    modules = EmbeddedDocumentListField(PlanModule)
    associations = IntField(required=True, default=0)
    established_on = DateField()

    meta = {"collection": "plans", "indexes": ["region"]}

    def establish(self, demands: Sequence[Demand], *, catalogue: Collection[str], diagnosed: int, on: date) -> None:
        """Plan the modules of the catalogue that answer the province's needs, those of most associations first.

        What stands already is left as it is. ``diagnosed`` is the number of associations that the plan rests on.

        Raises:
            RuleBroken: no diagnostic of the province calls for any module.

        """
        ranked = sorted((d for d in demands if d.module in catalogue), key=lambda d: (-d.associations, d.module))
        if not ranked:
            raise RuleBroken(
                "no-needs-known",
                "No diagnostic of this province that you may see calls for a module: complete diagnostics first.",
                province=self.province,
            )
        modules = [PlanModule(module=demand.module, associations=demand.associations) for demand in ranked]
        if list(self.modules) == modules and self.associations == diagnosed:
            return
        self.modules, self.associations, self.established_on = modules, diagnosed, on
        planned = [PlannedModule(module=item.module, associations=item.associations) for item in modules]
        self.record(PlanEstablished(province=self.province, modules=planned))
