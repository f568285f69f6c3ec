"""An issuer and its key."""

from typing import Self

from mongoengine import BinaryField, DictField, StringField

from chassis.aggregate import Aggregate
from services.certification.issuers.events import IssuerEstablished, IssuerName, PublicKey
from services.certification.issuers.gateways import Claims, Keys, signed_claims
from vocabulary.territory import Region

CREDENTIAL = "nassij-certificate+jwt"
STATUS_LIST = "nassij-status-list+jwt"


class Issuer(Aggregate):
    """Who signs the certificates of a region."""

    subject = "issuer"
    territory = ("region",)

    region = StringField(primary_key=True)
    name = DictField(required=True)
    jwk = DictField(required=True)
    sealed_key = BinaryField(required=True)

    meta = {"collection": "issuers"}

    @classmethod
    def establish(cls, region: Region, keys: Keys) -> Self:
        """The issuer of a region, with a key pair made for it now."""
        pair = keys.make(f"issuer/{region.code}")
        name = {"fr": f"Programme Nassij – {region.names.fr}", "ar": f"برنامج نسيج – {region.names.ar}"}
        issuer = cls(region=region.code, name=name, jwk=pair.jwk, sealed_key=pair.sealed)
        issuer.record(IssuerEstablished(name=IssuerName(**name), jwk=PublicKey(**pair.jwk)))
        return issuer

    def sign(self, claims: Claims, kind: str, keys: Keys) -> str:
        """A compact JWS over the claims; ``kind`` is its ``typ``: CREDENTIAL or STATUS_LIST."""
        return keys.sign(claims, f"issuer/{self.region}", self.jwk["kid"], bytes(self.sealed_key), kind)

    def claims_of(self, signed: str) -> Claims | None:
        """What was signed, if this issuer's public key says that it signed it."""
        return signed_claims(signed, dict(self.jwk))
