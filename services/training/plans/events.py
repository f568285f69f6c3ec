"""What training says of provincial plans."""

from dataclasses import dataclass

from chassis.events import event


@dataclass(frozen=True, kw_only=True)
class PlannedModule:
    """A module and how many associations of the province need it."""

    module: str
    associations: int


@event(
    "ma.nassij.training.plan.established.v1",
    example={
        "province": "03.591",
        "modules": [{"module": "OD-04", "associations": 31}, {"module": "MA-01", "associations": 12}],
    },
)
class PlanEstablished:
    """A province's plan stands, or stands anew: the modules that answer its needs, most needed first."""

    province: str
    modules: list[PlannedModule]
