"""What the tests of training stand on: a catalogue, actors, half-days, a clock's reading."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.training.actors.model import Actor
from services.training.attendance.model import HalfDay, Part
from services.training.catalogue.model import Catalogue, Curriculum
from services.training.sessions.model import Plan, Session
from vocabulary import territory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIRST_DAY = date(2026, 3, 16)
COMMUNE = "03.591.01.03"


def pack(**changes: Any) -> dict[str, Any]:
    """The part of a pack's document that training reads, with two modules."""
    module = {
        "code": "OD-01",
        "family": "OD",
        "title": {"fr": "Gouvernance", "ar": "الحكامة"},
        "aim": {"fr": "Gouverner", "ar": "الحكامة"},
        "half_days": 4,
        "capacity": 3,
        "seats_per_association": 2,
        "audience": "any",
        "dimensions": ["governance"],
    }
    return {
        "families": [{"code": "OD", "title": {"fr": "Développement organisationnel", "ar": "التطوير التنظيمي"}}],
        "modules": [module, module | {"code": "OD-02", "half_days": 6}],
        "trainer_course": {
            "code": "TOT-01",
            "title": {"fr": "Formation de formateurs", "ar": "تكوين المكونين"},
            "aim": {"fr": "Former", "ar": "تأهيل"},
            "half_days": 10,
            "seats": 24,
        },
        "certificates": {"minimum_attendance": 0.8, "kinds": {}},
    } | changes


def catalogue(*, opened: bool = True, region: str = "03") -> Catalogue:
    """The catalogue of a region, open unless said otherwise."""
    found = Catalogue(region=region, pack="fes-meknes@1.0", curriculum=Curriculum.of(pack()))
    if opened:
        found.open(date(2026, 2, 1))
    return found


def half_days(number: int, *, first: date = FIRST_DAY) -> list[HalfDay]:
    """So many half-days in a row, morning and afternoon."""
    parts = (Part.MORNING, Part.AFTERNOON)
    return [HalfDay(date=first + timedelta(days=n // 2), part=parts[n % 2]) for n in range(number)]


def actor(person: str, association: str = "", *, region: str = "03") -> Actor:
    """An actor; of an association of their own unless one is named."""
    return Actor(id=person, association=association or f"association-of-{person}", region=region, province=f"{region}.591")


def session(*, capacity: int = 3, per_association: int = 2, module: str = "OD-01") -> Session:
    """A session planned for the middle of March, held by `trainer`."""
    length = 4 if module == "OD-01" else 6
    wanted = Plan(
        module=module,
        trainer="trainer",
        commune=territory.commune(COMMUNE),
        half_days=half_days(length),
        capacity=capacity,
        seats_per_association=per_association,
    )
    planned = Session.plan(catalogue(), wanted, NOW)
    planned.recorded.clear()
    return planned


def said(aggregate: Any) -> list[str]:
    """The actions that an aggregate has recorded, in order."""
    return [type(event).__event__.action for event in aggregate.recorded]
