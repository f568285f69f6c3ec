"""What other services said before: a region that joined, a session, somebody to write to, a convention."""

from collections.abc import Mapping
from typing import Any

from tests.integration.arriving import Arriving
from tests.unit.notifications.fakes import PACK

AMINA = {"names": {"fr": "Amina Exemple", "ar": "أمينة مثال"}, "mail": "amina@example.org", "phone": None, "language": "ar"}
BADR = {"names": {"fr": "Badr Exemple", "ar": ""}, "mail": "badr@example.org", "phone": None, "language": "fr"}
PLANNED = {"module": "OD-01", "starts": "2026-03-05T08:00:00Z", "ends": "2026-03-06T16:00:00Z", "commune": "03.591.01.01"}


def region_joined(arriving: Arriving, region: str = "03", pack: Mapping[str, Any] = PACK) -> None:
    name, version = pack["name"], pack["version"]
    arriving.arrive(f"pack/{name}@{version}", "published", pack, service="registry", region=None)
    joined = {"pack": {"name": name, "version": version}, "convention": "c-1", "on": "2026-03-01"}
    arriving.arrive(f"region/{region}", "joined", joined, service="registry", region=region)


def people_described(arriving: Arriving) -> None:
    arriving.arrive("person/amina", "described", AMINA, service="registry")
    arriving.arrive("person/badr", "described", BADR, service="registry")


def session_planned(arriving: Arriving) -> None:
    arriving.arrive("session/s-1", "planned", PLANNED)


def enrolled(arriving: Arriving, person: str = "amina") -> Any:
    return arriving.arrive("session/s-1", "enrolled", {"enrolment": f"e-{person}", "person": person, "association": "a-1"})


def certificate_issued(arriving: Arriving, number: str = "NSJ-1", region: str = "03") -> Any:
    data = {"number": number, "person": "amina", "module": "OD-01", "verify": "https://c.example/v1/verify/NSJ-1"}
    data |= {"issued_on": "2026-03-02"}
    return arriving.arrive(f"certificate/{number}", "issued", data, service="certification", region=region)


def convention_signed(arriving: Arriving, *regions: str) -> None:
    data = {"regions": list(regions), "parties": ["OFPPT"], "starts": "2023-06-01", "ends": "2026-12-31"}
    arriving.arrive("convention/c-1", "signed", data, service="registry", region=None)
