"""Keys: the one place that touches private keys."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from chassis.ids import new_id
from chassis.sealing import Seal
from chassis.settings import Settings

ALGORITHM = "EdDSA"
Claims = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A new key: its public half as a JWK (RFC 8037, with ``kid``, ``alg`` and ``use``), its private half sealed."""

    jwk: dict[str, str]
    sealed: bytes


class Keys(Protocol):
    """Makes keys and signs with them."""

    def make(self, owner: str) -> KeyPair:
        """A new Ed25519 key pair for an issuer."""
        ...

    def sign(self, claims: Claims, owner: str, kid: str, sealed: bytes, kind: str) -> str:
        """A compact JWS over the claims, signed with an issuer's key; ``kind`` is its ``typ`` header.

        Raises:
            chassis.sealing.Unsealable: the key was sealed with another key secret.

        """
        ...


class SealedKeys:
    """Keys whose private halves lie in the store, sealed with NASSIJ_KEY_SECRET."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    def make(self, owner: str) -> KeyPair:
        """A new Ed25519 key pair for an issuer."""
        private = Ed25519PrivateKey.generate()
        public = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(private.public_key()))
        raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        jwk = {"kty": public["kty"], "crv": public["crv"], "x": public["x"], "kid": new_id(), "alg": ALGORITHM, "use": "sig"}
        return KeyPair(jwk, self._seal.close(raw, owner))

    def sign(self, claims: Claims, owner: str, kid: str, sealed: bytes, kind: str) -> str:
        """A compact JWS over the claims."""
        private = Ed25519PrivateKey.from_private_bytes(self._seal.open(sealed, owner))
        return jwt.encode(claims, private, algorithm=ALGORITHM, headers={"kid": kid, "typ": kind})


def signed_claims(signed: str, jwk: dict[str, str]) -> Claims | None:
    """What a compact JWS says, where this public key really signed it; ``None`` where it did not.

    Dates are the reader's business: a certificate that has expired is still the one that was signed.
    """
    checks = {"verify_aud": False, "verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_iss": False}
    try:
        claims: Claims = jwt.decode(signed, jwt.PyJWK(jwk).key, algorithms=[ALGORITHM], options=checks)  # type: ignore[arg-type]
    except jwt.PyJWTError:
        return None
    return claims


@lru_cache(maxsize=1)
def keys() -> Keys:
    """The keys of this process.

    Raises:
        chassis.settings.SettingsError: no key secret is set.

    """
    return SealedKeys(Seal.from_settings(Settings.from_environment(service="certification")))
