"""Reading the figures."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from chassis import clock
from chassis.context import current
from services.observatory.figures.contributions import FIGURES, FUNNEL, TARGETS
from services.observatory.figures.model import Fact, Figures

AFTER_ANY = "\uffff"
_MEASURES = {"associations_registered": "associations", "associations_diagnosed": "associations_diagnosed"}


def figures(region: str | None = None) -> list[dict[str, Any]]:
    """The figures of every place that the scope sees, in the order of the codes; those of no region first."""
    where = {} if region is None else {"region": region}
    found = sorted(Figures.objects(**where).as_pymongo(), key=lambda row: row["_id"])
    return [{"region": row["region"], "province": row["province"], "figures": whole(row["counts"])} for row in found]


def total(places: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The sum of these places' figures."""
    counted: Counter[str] = Counter()
    for found in places:
        counted.update(found["figures"])
    return whole(counted)


def whole(counts: Mapping[str, int]) -> dict[str, int]:
    """All figures, also those of which nothing was told yet."""
    return {name: counts.get(name, 0) for name in FIGURES}


def rollout() -> list[dict[str, Any]]:
    """Every region that the scope sees, with its state, its gates before the opening, its targets and its funnel."""
    packs, conventions = _facts("pack"), list(_facts("convention").values())
    by_region: dict[str, list[dict[str, Any]]] = {}
    for found in figures():
        by_region.setdefault(found["region"] or "", []).append(found)
    return [
        _region(code, told, packs.get(_pack_key(told), {}), conventions, total(by_region.get(code, ())))
        for code, told in _regions().items()
    ]


def states() -> dict[str, str]:
    """The state of every region's roll-out, by the region's code."""
    return {code: told["state"] for code, told in _regions().items()}


def targets() -> dict[str, dict[str, int]]:
    """What each region sets out to reach, by the region's code; nothing of a region that has not joined."""
    packs = _facts("pack")
    found = {code: packs.get(_pack_key(told)) for code, told in _regions().items()}
    return {code: _targets(pack) for code, pack in found.items() if pack}


def _region(
    code: str, told: Mapping[str, Any], pack: Mapping[str, Any], conventions: list[Any], counts: Mapping[str, int]
) -> dict[str, Any]:
    prepared = sorted(told.get("prepared", {}))
    return {
        "region": code,
        "names": told["names"],
        "state": told["state"],
        "pack": told.get("pack"),
        "joined_on": _day(told.get("joined_on")),
        "opened_on": _day(told.get("opened_on")),
        "prepared": prepared,
        "gates": [_gate(gate, code, prepared, conventions, counts) for gate in pack.get("gates", {}).get("open", ())],
        "targets": _targets(pack) if pack else None,
        "funnel": [{"step": step, "count": counts[step]} for step in FUNNEL],
    }


def _targets(pack: Mapping[str, Any]) -> dict[str, int]:
    return {name: pack["targets"][name] for name in TARGETS}


def _gate(
    gate: Mapping[str, Any], code: str, prepared: list[str], conventions: list[Any], counts: Mapping[str, int]
) -> dict[str, Any]:
    """A gate as the events tell it. What it stands on in full is the registry's to say (``/v1/regions/CODE/readiness``)."""
    measure = gate["measure"]
    if measure == "services_prepared":
        found = len(set(gate.get("services", ())) & set(prepared))
    elif measure == "conventions_active":
        today = clock.today().isoformat()
        found = sum(code in one["regions"] and one["starts"] <= today <= one["ends"] for one in conventions)
    else:
        found = counts[_MEASURES[measure]]
    return {**{name: gate[name] for name in ("code", "title", "needed")}, "found": found, "holds": found >= gate["needed"]}


def _regions() -> dict[str, dict[str, Any]]:
    """What is known of the regions that the scope sees, in the order of their codes."""
    scope = current().scope
    found = {key.partition("/")[2]: told for key, told in sorted(_facts("region").items()) if "state" in told}
    return {code: told for code, told in found.items() if scope is not None and scope.sees([code])}


def _facts(kind: str) -> dict[str, dict[str, Any]]:
    """What is known of the things of a kind. They are public: which regions, packs and conventions there are."""
    found = Fact.objects(key__gte=f"{kind}/", key__lt=f"{kind}/{AFTER_ANY}").as_pymongo()
    return {row["_id"]: row["told"] for row in found}


def _pack_key(told: Mapping[str, Any]) -> str:
    pack = told.get("pack") or {}
    return f"pack/{pack.get('name')}@{pack.get('version')}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
