"""What certificates publish. No name travels: only the person's id."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from chassis.events import event


@dataclass(frozen=True, kw_only=True)
class Activity:
    """What was completed: a session or a cohort, and its id."""

    kind: Literal["session", "cohort"]
    id: str


_ISSUED = {
    "number": "NSJ-03-2026-4F7KQ2MZ-N",
    "person": "01930f3e-0000-7000-8000-000000000002",
    "activity": {"kind": "session", "id": "01930f3e-0000-7000-8000-000000000003"},
    "module": "OD-01",
    "kind": "participation",
    "association": "01930f3e-0000-7000-8000-000000000004",
    "issued_on": "2026-03-02",
    "expires_on": None,
    "verify": "https://certificates.example/v1/verify/NSJ-03-2026-4F7KQ2MZ-N",
}


@event("ma.nassij.certification.certificate.issued.v1", example=_ISSUED)
class CertificateIssued:
    """Somebody holds a certificate. ``expires_on`` is empty where it holds for good; ``verify`` is its public address."""

    number: str
    person: str
    activity: Activity
    module: str
    kind: Literal["participation", "trainer"]
    association: str | None
    issued_on: date
    expires_on: date | None
    verify: str


@event(
    "ma.nassij.certification.certificate.revoked.v1",
    example={name: _ISSUED[name] for name in ("number", "person", "activity", "module", "kind", "association", "verify")}
    | {
        "reason": "Attendance sheet corrected",
        "source": "Decision 12/2026 of the regional committee",
        "revoked_on": "2026-04-01",
    },
)
class CertificateRevoked:
    """A certificate no longer holds; its number and address stay, and say so."""

    number: str
    person: str
    activity: Activity
    module: str
    kind: Literal["participation", "trainer"]
    reason: str
    source: str
    revoked_on: date
    verify: str
    association: str | None = None
