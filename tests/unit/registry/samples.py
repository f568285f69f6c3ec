"""Conventions, packs and regions that tests begin with."""

from datetime import UTC, date, datetime

from services.registry.conventions.model import Convention
from services.registry.packs.events import PackRef
from services.registry.packs.example import EXAMPLE
from services.registry.packs.model import Pack
from services.registry.regions.gates import Gate
from services.registry.regions.model import Region
from vocabulary.pack import Condition
from vocabulary.pack import Pack as Content
from vocabulary.text import Bilingual

JOINED_AT = datetime(2023, 6, 14, 9, 0, tzinfo=UTC)
JOINED_ON = date(2023, 6, 14)
NAMES = Bilingual(fr="Fès-Meknès", ar="فاس - مكناس")
PACK = PackRef("fes-meknes", "1.0")
SERVICES = ("training", "certification", "notifications")


def content() -> Content:
    return Content.from_document(EXAMPLE)


def published_pack() -> Pack:
    return Pack.publish(content(), JOINED_AT)


def drafted_convention(*regions: str, starts: date = date(2023, 6, 1), ends: date = date(2026, 12, 31)) -> Convention:
    return Convention.draft(NAMES, ["Agence de développement social", "Conseil régional"], regions or ("03",), starts, ends)


def signed_convention(*regions: str) -> Convention:
    convention = drafted_convention(*regions)
    convention.sign(date(2023, 5, 20), JOINED_ON)
    return convention


def planned_region(code: str = "03") -> Region:
    return Region.plan(code, NAMES, 4_467_911)


def preparing_region(code: str = "03") -> Region:
    region = planned_region(code)
    region.join(PACK, SERVICES, signed_convention(code), JOINED_AT)
    region.recorded.clear()
    return region


def gate(*, needed: int, found: int) -> Gate:
    condition = Condition(code="associations-registered", measure="associations_registered", needed=needed, title=NAMES)
    return Gate(condition, found, () if found >= needed else (f"{needed - found} more",), "/v1/associations?region=03")
