"""What the registry says of diagnostics."""

from dataclasses import dataclass
from datetime import date

from chassis.events import event


@dataclass(frozen=True, kw_only=True)
class NeededModule:
    """A module that is needed, the dimension of the grid that called for it, and what that dimension scored (0..100)."""

    module: str
    dimension: str
    score: float


@event(
    "ma.nassij.registry.diagnostic.completed.v1",
    example={
        "association": "01930d4e-7c1a-7a53-9d0e-0f4b4d1f7a10",
        "region": "03",
        "province": "03.591",
        "commune": "03.591.01.03",
        "round": "baseline",
        "on": "2023-10-04",
        "grid": "fes-meknes@1.0",
        "scores": {"governance": 41.7, "administration": 62.5},
        "overall": 50.2,
        "needs": [{"module": "OD-01", "dimension": "governance", "score": 41.7}],
    },
)
class DiagnosticCompleted:
    """An association answered every question of a grid (`name@version` of the pack it is in); `scores` are 0..100 by dimension.

    One module may be needed for several dimensions.
    """

    association: str
    region: str
    province: str
    commune: str
    round: str
    on: date
    grid: str
    scores: dict[str, float]
    overall: float
    needs: list[NeededModule]
