"""How issuers are shown."""

from marshmallow import fields

from chassis.schemas import Bilingual, Map, Schema, String


class Jwk(Schema):
    """A public key (RFC 8037)."""

    kty = String()
    crv = String()
    x = String()
    kid = String()
    alg = String()
    use = String()


class Jwks(Schema):
    """A key set, as verifiers of JWS take it."""

    keys = fields.List(fields.Nested(Jwk))


class IssuerView(Schema):
    """An issuer; its private key is never shown."""

    region = String()
    name = Bilingual()
    jwk = Map(String())
