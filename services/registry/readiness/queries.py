"""Measuring a region's gates on evidence."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from chassis import clock
from chassis.queries import hold
from services.registry.associations import queries as associations
from services.registry.conventions import queries as conventions
from services.registry.diagnostics import queries as diagnostics
from services.registry.packs import queries as packs
from services.registry.readiness.model import Readiness
from services.registry.regions import queries as regions
from services.registry.regions.gates import Gate
from services.registry.regions.model import Preparation, Region, Rollout
from vocabulary.pack import Condition


class Evidence(NamedTuple):
    """What was found, what is missing in sentences, and where one may look."""

    found: int
    missing: list[str]
    source: str


def readiness(code: str) -> Readiness:
    """How ready a region is to open. Raises NotFound."""
    region = regions.region(code)
    return Readiness(region.code, region.state, gates_before_open(region))


def gates_before_open(region: Region, *, holding: bool = False) -> list[Gate]:
    """The gates between a region that has joined and its opening; none are known before it has joined.

    With `holding`, inside a transaction, the documents that a gate stands on are held against a change meanwhile. Counts of
    associations and diagnostics are not: nothing in the registry lowers them, so what held when they were read still holds at
    the commit. What the services said lies in the region itself, which whoever opens it writes.
    """
    if not region.pack:
        return []
    conditions = packs.content(region.pack).gates.get(Rollout.OPEN.value, ())
    return [_gate(condition, region, holding=holding) for condition in conditions]


def _gate(condition: Condition, region: Region, *, holding: bool) -> Gate:
    if condition.measure == "conventions_active":
        found = _conventions(region, clock.today(), condition.needed if holding else 0)
    else:
        found = _MEASURES[condition.measure](region, condition)
    return Gate(condition, found.found, () if condition.holds(found.found) else tuple(found.missing), found.source)


def _conventions(region: Region, on: date, hold_first: int) -> Evidence:
    found = conventions.in_force(region.code, on)
    for convention in found[:hold_first]:
        hold(convention)
    source = f"/v1/conventions/{found[0].id}" if found else f"/v1/conventions?region={region.code}"
    return Evidence(len(found), [f"No signed convention is in force for region {region.code} on {on}."], source)


def _services(region: Region, condition: Condition) -> Evidence:
    wanted = {one.service: one for one in region.preparations if one.service in condition.services}
    waiting = [one for one in wanted.values() if one.prepared_at is None]
    unasked = [f"{service} was not asked to prepare itself." for service in condition.services if service not in wanted]
    return Evidence(len(wanted) - len(waiting), [_silent(one) for one in waiting] + unasked, f"/v1/regions/{region.code}")


def _silent(preparation: Preparation) -> str:
    sentence = f"{preparation.service} has not answered; awaited since {preparation.awaited_since.isoformat()}"
    return f"{sentence}, overdue since {preparation.overdue_since.isoformat()}." if preparation.overdue_since else f"{sentence}."


def _registered(region: Region, condition: Condition) -> Evidence:
    found = associations.count_registered(region.code)
    return Evidence(
        found, [_short_of(condition, found, "associations in the register")], f"/v1/associations?region={region.code}"
    )


def _diagnosed(region: Region, condition: Condition) -> Evidence:
    found = diagnostics.count_diagnosed(region.code)
    return Evidence(
        found, [_short_of(condition, found, "associations with a diagnostic")], f"/v1/diagnostics?region={region.code}"
    )


def _short_of(condition: Condition, found: int, what: str) -> str:
    return f"{condition.needed - found} more {what}: there are {found} of {condition.needed}."


_MEASURES: Mapping[str, Callable[[Region, Condition], Evidence]] = {
    "services_prepared": _services,
    "associations_registered": _registered,
    "associations_diagnosed": _diagnosed,
}
