"""Finding certificates, and checking them for anybody who asks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis import clock
from chassis.problems import NotFound
from chassis.queries import find
from chassis.scope import unscoped
from services.certification.certificates.events import Activity
from services.certification.certificates.model import Certificate, Status, StatusList
from services.certification.certificates.numbers import as_written, is_well_formed
from services.certification.issuers import queries as issuers
from services.certification.issuers.gateways import keys
from services.certification.issuers.model import Issuer


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What anybody is told of a certificate number; ``signature_ok`` is the answer of the issuer's public key just now."""

    number: str
    status: Status
    signature_ok: bool = False
    holder: dict[str, str] | None = None
    title: dict[str, str] | None = None
    course: dict[str, str] | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    revoked_on: date | None = None
    reason: str | None = None
    issuer: dict[str, Any] | None = None


def of_activity(person: str, activity: Activity) -> Certificate | None:
    """The certificate that somebody holds for an activity."""
    found: Certificate | None = Certificate.objects(person=person, activity_kind=activity.kind, activity_id=activity.id).first()
    return found


def verify(typed: str) -> Verification:
    """Check a certificate number as somebody typed it, with the issuer's public key."""
    number = as_written(typed)
    with unscoped("anybody may check a certificate"):
        certificate = find(Certificate, number) if is_well_formed(number) else None
        if certificate is None:
            return Verification(number=number[:40], status=Status.UNKNOWN)
        return _verified(certificate, issuers.published_issuer(certificate.region))


def credential(number: str) -> str:
    """The signed credential of a certificate, for those who check it themselves.

    Raises:
        NotFound: no certificate has this number.

    """
    with unscoped("anybody may check a certificate"):
        certificate = find(Certificate, as_written(number))
    if certificate is None:
        raise NotFound("certificate", number)
    return str(certificate.credential)


def status_list(region: str) -> StatusList:
    """The revoked certificates of a region, signed.

    Raises:
        NotFound: the region has no issuer.

    """
    with unscoped("anybody may check a certificate"):
        issuer = issuers.published_issuer(region)
        found = find(StatusList, region)
    if found is None:
        found = StatusList(region=region)
        found.sign(issuer, keys(), clock.today())
    return found


def _verified(certificate: Certificate, issuer: Issuer) -> Verification:
    signature_ok = certificate.is_signed_by(issuer)
    return Verification(
        number=certificate.number,
        # What its issuer did not sign is not vouched for, whatever the store says.
        status=certificate.status(clock.today()) if signature_ok else Status.UNKNOWN,
        signature_ok=signature_ok,
        holder=dict(certificate.holder),
        title=dict(certificate.title),
        course=dict(certificate.course_title),
        issued_on=certificate.issued_on,
        expires_on=certificate.expires_on,
        revoked_on=certificate.revoked_on,
        reason=certificate.reason,
        issuer={"region": issuer.region, "name": dict(issuer.name)},
    )
