"""How certificates are shown, and what is taken to revoke one."""

from marshmallow import fields

from chassis.http import PageArguments
from chassis.schemas import Bilingual, Date, Identifier, Schema, String
from services.certification.certificates.model import Status


class Revoke(Schema):
    """Why a certificate is taken back, and on whose decision: both are shown to whoever checks it."""

    reason = String(required=True, min_length=3)
    source = String(required=True, min_length=3)


class CertificateArguments(PageArguments):
    """Which certificates to list."""

    person = Identifier(load_default=None)
    association = Identifier(load_default=None)
    region = Identifier(load_default=None)


class ActivityView(Schema):
    """What was completed."""

    kind = String()
    id = String()


class CertificateView(Schema):
    """A certificate as staff see it: who holds it is an id."""

    number = String()
    region = String()
    province = String(allow_none=True)
    person = String()
    association = String(allow_none=True)
    activity = fields.Nested(ActivityView)
    kind = String()
    course = String()
    title = Bilingual()
    course_title = Bilingual()
    issued_on = Date()
    expires_on = Date(allow_none=True)
    revoked_on = Date(allow_none=True)
    reason = String(allow_none=True)
    source = String(allow_none=True)
    verify = String()


class IssuerOfCertificate(Schema):
    """Who signed."""

    region = String()
    name = Bilingual()


class VerificationView(Schema):
    """What anybody is told of a certificate number."""

    number = String()
    status = fields.Enum(Status, by_value=True)
    signature_ok = fields.Boolean()
    holder = Bilingual(allow_none=True)
    title = Bilingual(allow_none=True)
    course = Bilingual(allow_none=True)
    issued_on = Date(allow_none=True)
    expires_on = Date(allow_none=True)
    revoked_on = Date(allow_none=True)
    reason = String(allow_none=True)
    issuer = fields.Nested(IssuerOfCertificate, allow_none=True)


class RevocationView(Schema):
    """A number that no longer holds."""

    number = String()
    revoked_on = Date()


class StatusListView(Schema):
    """The revoked certificates of a region; ``signed`` is the same as a compact JWS of the region's issuer."""

    region = String()
    renewed_on = Date()
    revoked = fields.List(fields.Nested(RevocationView))
    signed = String()
