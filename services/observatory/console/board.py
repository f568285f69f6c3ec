"""What the page shows, put together from the figures; no word of any language in it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from chassis.problems import NotFound
from services.observatory.console import gateways
from services.observatory.figures.contributions import FUNNEL
from vocabulary import territory

# A figure, and the target that its region's pack sets for it.
TILES = (("associations", "associations"), ("people_trained", "actors"), ("trainers", "trainers"), ("certificates", None))
COLUMNS = ("associations", "associations_diagnosed", "associations_trained", "sessions", "people_trained", "certificates")
STATES = ("planned", "preparing", "open", "consolidating", "closed", "none")
SHARES = ("none", "0", "20", "40", "60", "80")
_STEP_OF_SHARES = 20


class Source(Protocol):
    """Where all comes from, as far as the scope sees it, in the shapes of GET /v1/figures and /v1/rollout."""

    def figures(self, region: str | None = None) -> list[dict[str, Any]]:
        """The figures by region and province."""
        ...

    def rollout(self) -> list[dict[str, Any]]:
        """Every region's state, gates, targets and funnel."""
        ...

    def as_of(self) -> datetime | None:
        """When the last event came about that is in them; nothing before the first."""
        ...


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure and how much of it the programme set out to reach, where it did."""

    figure: str
    count: int
    target: int | None

    @property
    def share(self) -> float | None:
        """How much of the target is reached, as a share of 1."""
        return self.count / self.target if self.target else None


@dataclass(frozen=True, slots=True)
class Bar:
    """A step of the funnel; `width` is its share of the longest bar, in per cent."""

    step: str
    count: int
    width: float


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region in the table of regions."""

    code: str
    names: Mapping[str, str]
    state: str
    since: date | None
    pack: Mapping[str, str] | None
    gates: Sequence[Mapping[str, Any]]

    @property
    def missing(self) -> list[Mapping[str, Any]]:
        """The gates that do not hold."""
        return [gate for gate in self.gates if not gate["holds"]]


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """A province in the table of a region; without a code, what belongs to the region as a whole."""

    code: str | None
    names: Mapping[str, str]
    figures: Mapping[str, int]

    @property
    def share(self) -> str:
        """Which fifth of its associations have been trained, as the map's legend names it."""
        if not self.figures["associations"]:
            return "none"
        share = 100 * self.figures["associations_trained"] // self.figures["associations"]
        return str(min(share // _STEP_OF_SHARES * _STEP_OF_SHARES, int(SHARES[-1])))


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the map: its outline, what it is called and how it is coloured."""

    outline: gateways.Outline
    names: Mapping[str, str]
    colour: str


@dataclass(frozen=True, slots=True)
class Board:
    """All that the page shows: of the country, or of the region that `here` is."""

    as_of: datetime | None
    tiles: Sequence[Tile]
    bars: Sequence[Bar]
    regions: Sequence[RegionRow]
    here: RegionRow | None
    provinces: Sequence[ProvinceRow]
    map: gateways.Map
    areas: Sequence[Area]


def of_country(source: Source, *, with_targets: bool = True) -> Board:
    """The whole country, as far as the scope sees it. A scope below a region's has no targets: those are the region's."""
    rollout, counts = source.rollout(), _sum(source.figures())
    rows = [_region_row(item) for item in rollout]
    colours = {row.code: row.state for row in rows}
    drawn = gateways.country()
    areas = [Area(outline, names_of(outline.code), colours.get(outline.code, "none")) for outline in drawn.outlines]
    tiles = _tiles(counts, rollout if with_targets else [])
    return Board(source.as_of(), tiles, _bars(counts), rows, None, [], drawn, areas)


def of_region(source: Source, code: str, *, with_targets: bool = True) -> Board:
    """One region. Raises NotFound where the scope sees no such region."""
    found = next((item for item in source.rollout() if item["region"] == code), None)
    if found is None:
        raise NotFound("region", code)
    places = source.figures(code)
    rows, counts = _province_rows(places), _sum(places)
    shares = {row.code: row.share for row in rows}
    drawn = gateways.region(code)
    areas = [Area(outline, names_of(outline.code), shares.get(outline.code, "none")) for outline in drawn.outlines]
    tiles = _tiles(counts, [found] if with_targets else [])
    return Board(source.as_of(), tiles, _bars(counts), [], _region_row(found), rows, drawn, areas)


def _sum(places: Iterable[Mapping[str, Any]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for place in places:
        counted.update(place["figures"])
    return counted


def _tiles(counts: Mapping[str, int], regions: Sequence[Mapping[str, Any]]) -> list[Tile]:
    targets: Counter[str] = Counter()
    for region in regions:
        targets.update(region["targets"] or {})
    return [Tile(figure, counts[figure], (target and targets[target]) or None) for figure, target in TILES]


def _bars(counts: Mapping[str, int]) -> list[Bar]:
    most = max(*(counts[step] for step in FUNNEL), 1)
    return [Bar(step, counts[step], round(100 * max(counts[step], 0) / most, 1)) for step in FUNNEL]


def _region_row(item: Mapping[str, Any]) -> RegionRow:
    since = item["opened_on"] or item["joined_on"]
    return RegionRow(item["region"], item["names"], item["state"], since, item["pack"], item["gates"])


def _province_rows(places: Sequence[Mapping[str, Any]]) -> list[ProvinceRow]:
    """Every province of which figures are seen, by code, and last what belongs to none, if it counts anything of a column."""
    by_province = {place["province"]: Counter(place["figures"]) for place in places}
    rows = [ProvinceRow(province, names_of(province), by_province[province]) for province in sorted(filter(None, by_province))]
    rest = by_province.get(None, Counter())
    return rows + [ProvinceRow(None, {}, rest)] * any(rest[column] for column in COLUMNS)


def names_of(code: str) -> dict[str, str]:
    """The names of a region or province; a code that nobody has is its own name."""
    try:
        names = territory.province(code).names if "." in code else territory.region(code).names
    except territory.UnknownTerritory:
        return {"fr": code, "ar": code}
    return {"fr": names.fr, "ar": names.ar}
