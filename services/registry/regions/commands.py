"""Planning regions, letting them join, and noting who is prepared. Opening one is in readiness/, where the evidence is."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from chassis import clock
from chassis.commands import command
from chassis.deadlines import drop_deadline, set_deadline
from chassis.queries import get_many, hold
from services.registry.conventions import queries as conventions
from services.registry.packs import queries as packs
from services.registry.packs.events import PackRef
from services.registry.regions import queries
from services.registry.regions.model import ANSWER_WITHIN, Region
from vocabulary import territory

OVERDUE = "region-preparation-overdue"

log = structlog.get_logger(__name__)


@command
def plan_regions(entries: Sequence[territory.Region]) -> int:
    """Plan the regions that are not known yet; answers how many."""
    known = get_many(Region, [entry.code for entry in entries])
    new = [entry for entry in entries if entry.code not in known]
    for entry in new:
        Region.plan(entry.code, entry.names, entry.population).save()
    return len(new)


@command
def join_region(code: str, pack: PackRef, convention: str | None = None) -> Region:
    """Let a planned region join with a published pack, under the convention that is named or the one in force.

    Raises:
        NotFound: there is no such region or convention.
        RuleBroken: it has joined already, the pack is not published, or no convention is in force for it.

    """
    at = clock.now()
    region = queries.region(code)
    published = hold(packs.published(pack))
    under = hold(conventions.to_join_under(code, clock.today(), convention))
    region.join(published.ref, published.services_to_prepare(), under, at)
    set_deadline(OVERDUE, code, due=at + ANSWER_WITHIN, region=code)
    return region.save()


@command
def note_prepared(code: str, service: str, pack: PackRef, what: Mapping[str, Any]) -> None:
    """Note that a service is prepared for a region."""
    region = queries.region(code)
    if not region.note_prepared(service, pack.reference, what, clock.now()):
        log.warning("region.answer_nobody_asked_for", region=code, service=service, pack=pack.reference)
        return
    if not region.awaited:
        drop_deadline(OVERDUE, code)
    region.save()


@command
def note_overdue(code: str) -> None:
    """Name the services that a region still waits for."""
    region = queries.region(code)
    if region.note_overdue(clock.now()):
        region.save()
