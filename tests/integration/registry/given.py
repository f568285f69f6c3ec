"""What the registry's tests stand on: events as the log brings them, a pack, a convention."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from typing import Any

import msgspec

from chassis import clock
from chassis.context import Context, entered
from chassis.events import Received
from chassis.ids import new_id
from chassis.scope import EVERYWHERE, of_region
from services.registry.conventions import commands as conventions
from services.registry.conventions.model import Convention
from services.registry.packs.commands import publish_pack
from services.registry.packs.example import EXAMPLE
from services.registry.packs.model import Pack
from services.registry.regions.commands import join_region, plan_regions
from services.registry.regions.model import Region
from vocabulary import territory
from vocabulary.pack import Pack as Content
from vocabulary.text import Bilingual


@contextmanager
def acting(region: str | None = None) -> Iterator[None]:
    """Act in one region, or in the whole country: each time a request of its own."""
    with entered(Context(by="tester", scope=of_region(region) if region else EVERYWHERE)):
        yield


def event(service: str, key: str, action: str, data: Mapping[str, Any], *, region: str) -> Received:
    """An event of another service about a region."""
    return Received(
        id=new_id(),
        type=f"ma.nassij.{service}.{key.partition('/')[0]}.{action}.v1",
        source=f"/nassij/{service}",
        key=key,
        sequence=1,
        time=clock.now(),
        region=region,
        value=msgspec.json.encode(data),
    )


def prepared(service: str, region: str) -> Received:
    """A service says that it is prepared for a region."""
    data = {"region": region, "pack": {"name": "fes-meknes", "version": "1.0"}, "what": {"modules": 16}}
    return event(service, f"preparation/{region}", "completed", data, region=region)


def pack_with_gates(*codes: str) -> Pack:
    """The example pack, published with these of its gates alone."""
    document = deepcopy(EXAMPLE)
    document["gates"]["open"] = [gate for gate in document["gates"]["open"] if gate["code"] in codes]
    return publish_pack(Content.from_document(document))


def drafted_convention(*regions: str) -> Convention:
    """A convention that would be in force today, were it signed."""
    title = Bilingual(fr="Convention de partenariat", ar="اتفاقية شراكة")
    return conventions.draft_convention(title, ["ADS", "Conseil régional"], regions, date(2020, 1, 1), date(2090, 12, 31))


def signed_convention(*regions: str) -> Convention:
    """A convention in force today."""
    return conventions.sign_convention(drafted_convention(*regions).id)


def joined_region(code: str, *gates: str) -> Region:
    """A region that has joined with these gates before it."""
    plan_regions(territory.regions())
    pack = pack_with_gates(*gates)
    signed_convention(code)
    return join_region(code, pack.ref)
