"""A country in figures, by hand."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from services.observatory.figures.contributions import FIGURES, FUNNEL

GATES = [
    {
        "code": "convention",
        "title": {"fr": "Convention en vigueur", "ar": "اتفاقية سارية"},
        "needed": 1,
        "found": 1,
        "holds": True,
    },
    {
        "code": "register",
        "title": {"fr": "Associations inscrites", "ar": "جمعيات مقيدة"},
        "needed": 300,
        "found": 120,
        "holds": False,
    },
]


def place(region: str | None, province: str | None, **figures: int) -> dict[str, Any]:
    return {"region": region, "province": province, "figures": dict.fromkeys(FIGURES, 0) | figures}


def region(code: str = "03", state: str = "preparing", **told: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "region": code,
        "names": {"fr": f"Région {code}", "ar": f"جهة {code}"},
        "state": state,
        "pack": {"name": "fes-meknes", "version": "1.0"},
        "joined_on": date(2024, 3, 1),
        "opened_on": None,
        "prepared": ["training"],
        "gates": GATES,
        "targets": {"associations": 350, "actors": 1000, "trainers": 24},
        "funnel": [{"step": step, "count": 0} for step in FUNNEL],
    }
    return usual | told


def planned(code: str) -> dict[str, Any]:
    return region(code, "planned", pack=None, joined_on=None, prepared=[], gates=[], targets=None)


@dataclass
class Country:
    """Figures of a country that one can write down."""

    places: list[dict[str, Any]] = field(default_factory=list)
    regions: list[dict[str, Any]] = field(default_factory=list)
    told: datetime | None = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)

    def figures(self, region: str | None = None) -> list[dict[str, Any]]:
        return [place for place in self.places if region is None or place["region"] == region]

    def rollout(self) -> list[dict[str, Any]]:
        return self.regions

    def as_of(self) -> datetime | None:
        return self.told


def country() -> Country:
    """One region that prepares and one that is open, with figures in two provinces and in a region as a whole."""
    return Country(
        places=[
            place("03", None, trainers=12),
            place("03", "03.231", associations=1200, associations_trained=300, people_trained=640, sessions=4, certificates=5),
            place("03", "03.591", associations=100, associations_diagnosed=90),
            place("04", "04.421", associations=40),
        ],
        regions=[region("03", "open", opened_on=date(2024, 9, 3)), region("04"), planned("05")],
    )
