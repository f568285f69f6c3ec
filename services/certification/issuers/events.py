"""What issuers publish."""

from dataclasses import dataclass

from chassis.events import event

JWK = {
    "kty": "OKP",
    "crv": "Ed25519",
    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    "kid": "01930f3e-0000-7000-8000-000000000001",
    "alg": "EdDSA",
    "use": "sig",
}


@dataclass(frozen=True, kw_only=True)
class IssuerName:
    """An issuer's name in both languages."""

    fr: str
    ar: str


@dataclass(frozen=True, kw_only=True)
class PublicKey:
    """A public Ed25519 key as a JWK (RFC 8037)."""

    kty: str
    crv: str
    x: str
    kid: str
    alg: str
    use: str


@event(
    "ma.nassij.certification.issuer.established.v1",
    example={"name": {"fr": "Programme Nassij – Fès-Meknès", "ar": "برنامج نسيج – فاس - مكناس"}, "jwk": JWK},
)
class IssuerEstablished:
    """A region can sign certificates from now on; this is the key to check them with."""

    name: IssuerName
    jwk: PublicKey
