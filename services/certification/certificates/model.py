"""Certificates and the list of those revoked."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

from mongoengine import DateField, DictField, EmbeddedDocument, EmbeddedDocumentListField, StringField

from chassis.aggregate import Aggregate, Stored
from chassis.problems import RuleBroken
from services.certification.certificates.events import Activity, CertificateIssued, CertificateRevoked
from services.certification.issuers.gateways import Claims, Keys
from services.certification.issuers.model import CREDENTIAL, STATUS_LIST, Issuer
from services.certification.people.model import Person
from services.certification.preparation.model import CertificatePart

Names = Mapping[str, str]


class Status(StrEnum):
    """What anybody may be told of a certificate. An unknown one is never valid."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """An activity that somebody completed; ``course`` is the code of the module or of the trainers' course."""

    person: str
    activity: Activity
    course: str
    association: str | None
    region: str
    province: str | None


@dataclass(frozen=True, slots=True)
class Addresses:
    """The public addresses that stand on certificates."""

    public_url: str

    def verify(self, number: str) -> str:
        """Where a certificate is checked."""
        return f"{self.public_url}/v1/verify/{number}"

    def issuer(self, region: str) -> str:
        """Who issued it: its key set lies below."""
        return f"{self.public_url}/v1/issuers/{region}"


class Certificate(Aggregate):
    """That somebody completed an activity, signed by the region's issuer.

    One for each person and activity. ``holder`` is the name as it was on the day of issue, ``title`` the kind's and
    ``course_title`` the course's, each {fr, ar}.
    """

    subject = "certificate"
    territory = ("region", "province")

    number = StringField(primary_key=True)
    region = StringField(required=True)
    province = StringField()
    person = StringField(required=True)
    activity_kind = StringField(required=True)
    activity_id = StringField(required=True)
    kind = StringField(required=True)
    course = StringField(required=True)
    association = StringField()
    holder = DictField(required=True)
    title = DictField(required=True)
    course_title = DictField(required=True)
    issued_on = DateField(required=True)
    expires_on = DateField()
    verify = StringField(required=True)
    credential = StringField(required=True)
    revoked_on = DateField()
    reason = StringField()
    source = StringField()

    meta = {
        "collection": "certificates",
        "indexes": [
            {"fields": ["person", "activity_kind", "activity_id"], "unique": True},
            {"fields": ["region", "kind"]},
            {"fields": ["association"]},
        ],
    }

    @classmethod
    def of(
        cls, completion: Completion, holder: Person, part: CertificatePart, *, number: str, on: date, addresses: Addresses
    ) -> Self:
        """The certificate that a completion earns, not yet signed.

        Raises:
            KeyError: nothing is certified for such an activity.

        """
        code, kind = part.kind_for(completion.activity.kind)
        return cls(
            number=number,
            region=completion.region,
            province=completion.province,
            person=completion.person,
            activity_kind=completion.activity.kind,
            activity_id=completion.activity.id,
            kind=code,
            course=completion.course,
            association=completion.association,
            holder={"fr": holder.names.fr, "ar": holder.names.ar},
            title=dict(kind.title),
            course_title=part.title_of(completion.course),
            issued_on=on,
            expires_on=after_months(on, kind.validity_months),
            verify=addresses.verify(number),
        )

    def issue(self, issuer: Issuer, keys: Keys, addresses: Addresses) -> None:
        """Have it signed, and say so."""
        self.credential = issuer.sign({**self.claims(), "iss": addresses.issuer(self.region)}, CREDENTIAL, keys)
        self.record(
            CertificateIssued(
                number=self.number,
                person=self.person,
                activity=self.activity,
                module=self.course,
                kind=self.kind,
                association=self.association,
                issued_on=self.issued_on,
                expires_on=self.expires_on,
                verify=self.verify,
            )
        )

    def revoke(self, reason: str, source: str, on: date) -> None:
        """Take it back: why, and on whose decision.

        Raises:
            RuleBroken: it has been revoked already.

        """
        if self.revoked_on is not None:
            raise RuleBroken(
                "certificate-already-revoked",
                "This certificate has been revoked already; what was said then stays.",
                number=self.number,
                revoked_on=self.revoked_on.isoformat(),
            )
        self.revoked_on, self.reason, self.source = on, reason, source
        self.record(
            CertificateRevoked(
                number=self.number,
                person=self.person,
                activity=self.activity,
                module=self.course,
                kind=self.kind,
                reason=reason,
                source=source,
                revoked_on=on,
                verify=self.verify,
                association=self.association,
            )
        )

    def status(self, on: date) -> Status:
        """What it is worth on a day; it still holds on the day on which it expires."""
        if self.revoked_on is not None:
            return Status.REVOKED
        return Status.EXPIRED if self.expires_on is not None and on > self.expires_on else Status.VALID

    def is_signed_by(self, issuer: Issuer) -> bool:
        """Whether the issuer's public key says that it signed exactly this."""
        signed = issuer.claims_of(self.credential)
        return signed is not None and self.claims().items() <= signed.items()

    def claims(self) -> Claims:
        """What is signed, beside the issuer's address."""
        return {
            "number": self.number,
            "person": self.person,
            "holder": dict(self.holder),
            "title": dict(self.title),
            "activity": {
                "kind": self.activity_kind,
                "id": self.activity_id,
                "course": self.course,
                "title": dict(self.course_title),
            },
            "issued_on": self.issued_on.isoformat(),
            "expires_on": self.expires_on.isoformat() if self.expires_on else None,
            "verify": self.verify,
        }

    @property
    def activity(self) -> Activity:
        """What was completed."""
        return Activity(kind=self.activity_kind, id=self.activity_id)


class Revocation(EmbeddedDocument):
    """A number that no longer holds, and since when."""

    number = StringField(required=True)
    revoked_on = DateField(required=True)


class StatusList(Stored):
    """The certificates of a region that were revoked, signed as a whole, for those who check without asking one by one."""

    territory = ("region",)

    region = StringField(primary_key=True)
    revoked = EmbeddedDocumentListField(Revocation)
    renewed_on = DateField(required=True)
    signed = StringField(required=True)

    meta = {"collection": "status_lists"}

    def add(self, certificate: Certificate) -> None:
        """Take in a certificate that was just revoked."""
        self.revoked.append(Revocation(number=certificate.number, revoked_on=certificate.revoked_on))

    def sign(self, issuer: Issuer, keys: Keys, on: date) -> None:
        """Have the list signed as it is now."""
        self.renewed_on = on
        claims: dict[str, Any] = {
            "region": self.region,
            "renewed_on": on.isoformat(),
            "revoked": {entry.number: entry.revoked_on.isoformat() for entry in self.revoked},
        }
        self.signed = issuer.sign(claims, STATUS_LIST, keys)


def after_months(day: date, months: int | None) -> date | None:
    """The same day of the month so many months later, or the month's last day where it is shorter."""
    if months is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
