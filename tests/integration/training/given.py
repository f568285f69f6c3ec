"""What the tests of training stand on: events as the log brings them, a region that has come far enough, a day's clock."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from chassis import clock
from chassis.context import Context, entered
from chassis.events import Received
from chassis.ids import new_id
from chassis.scope import EVERYWHERE, of_region
from chassis.store.connection import Store
from services.training.attendance.model import HalfDay, Part
from services.training.service import service
from services.training.sessions import commands as sessions
from services.training.sessions.model import Session
from vocabulary.pack import Pack

PACK = {"name": "fes-meknes", "version": "1.0"}
COMMUNE = "03.591.01.03"


@contextmanager
def acting(region: str | None = None) -> Iterator[None]:
    """Act in one region, or in the whole country: each time a request of its own."""
    with entered(Context(by="tester", scope=of_region(region) if region else EVERYWHERE)):
        yield


@cache
def pack_document() -> dict[str, Any]:
    """The first region's pack, as it travels."""
    return Pack.from_folder(Path("packs/fes-meknes")).to_document()


def event(service_name: str, key: str, action: str, data: Mapping[str, Any], *, region: str | None) -> Received:
    """An event of another service."""
    return Received(
        id=new_id(),
        type=f"ma.nassij.{service_name}.{key.partition('/')[0]}.{action}.v1",
        source=f"/nassij/{service_name}",
        key=key,
        sequence=1,
        time=clock.now(),
        region=region,
        value=msgspec.json.encode(data),
    )


def hear(service_name: str, key: str, action: str, data: Mapping[str, Any], *, region: str | None = "03") -> None:
    """Let training react to an event of another service."""
    assert service.reactor().react(event(service_name, key, action, data, region=region))


def join(region: str = "03", *, opened: bool = True) -> None:
    """The pack is published, the region joins, and opens unless said otherwise."""
    hear("registry", "pack/fes-meknes@1.0", "published", pack_document(), region=None)
    hear("registry", f"region/{region}", "joined", {"region": region, "pack": PACK, "on": "2026-01-10"}, region=region)
    if opened:
        hear("registry", f"region/{region}", "opened", {"region": region, "on": "2026-02-01"}, region=region)


def register(*persons: str, region: str = "03", association: str | None = None) -> None:
    """Actors are registered, each of an association of their own unless one is named."""
    for person in persons:
        data = {
            "actor": person,
            "association": association or f"association-of-{person}",
            "office": "president",
            "region": region,
            "province": f"{region}.591",
            "language": "ar",
        }
        hear("registry", f"actor/{person}", "registered", data, region=region)


def certify(person: str, number: str = "C-1", *, kind: str = "trainer") -> None:
    """A certificate is issued that holds for three years."""
    data = {"number": number, "person": person, "kind": kind, "module": "TOT-01", "expires_on": "2029-03-01"}
    hear("certification", f"certificate/{number}", "issued", data)


def half_days(number: int = 4, *, first: date = date(2026, 3, 16)) -> list[HalfDay]:
    """So many half-days in a row, morning and afternoon."""
    parts = (Part.MORNING, Part.AFTERNOON)
    return [HalfDay(date=first + timedelta(days=n // 2), part=parts[n % 2]) for n in range(number)]


def planned_session(capacity: int = 1, **more: Any) -> Session:
    """A session in an open region, held by the certified trainer `trainer`."""
    join()
    certify("trainer")
    with acting("03"):
        return sessions.plan(module="OD-01", trainer="trainer", commune=COMMUNE, half_days=half_days(), capacity=capacity, **more)


def published(store: Store, subject: str) -> list[str]:
    """The actions of a subject's events, in the order in which they were recorded."""
    rows = store.database.outbox.find({}).sort("_id", 1)
    types = [row["attributes"]["type"].split(".")[3:5] for row in rows]
    return [action for found, action in types if found == subject]
