"""A token issuer for tests: real keys, real signatures, no network."""

import json
import time
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chassis.auth import KeySet, TokenVerifier
from chassis.ids import new_id

ISSUER = "nassij-test"


class TestIssuer:
    """Signs tokens with an Ed25519 key of its own and publishes the key as a JWKS file."""

    __test__ = False  # pytest collects no tests here

    def __init__(self, folder: Path, name: str = ISSUER) -> None:
        self.name = name
        self.path = folder / "jwks.json"
        self.kid = ""
        self.rotate()

    def rotate(self) -> None:
        """Take a new key and publish that one alone."""
        self._key = Ed25519PrivateKey.generate()
        self.kid = new_id()
        public: dict[str, Any] = jwt.algorithms.OKPAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        published = public | {"kid": self.kid, "alg": "EdDSA", "use": "sig"}
        self.path.write_text(json.dumps({"keys": [published]}), encoding="utf-8")

    def token(self, role: str, *, sub: str = "tester", seconds: int = 300, **claims: Any) -> str:
        """Return a signed token; claims set to None are left out."""
        everything = {"iss": self.name, "sub": sub, "role": role, "exp": int(time.time()) + seconds} | claims
        kept = {claim: value for claim, value in everything.items() if value is not None}
        return jwt.encode(kept, self._key, algorithm="EdDSA", headers={"kid": self.kid})

    def header(self, role: str, **claims: Any) -> dict[str, str]:
        """Return the HTTP header that carries such a token."""
        return {"Authorization": f"Bearer {self.token(role, **claims)}"}

    def verifier(self) -> TokenVerifier:
        """Return a verifier that trusts this issuer alone."""
        return TokenVerifier(KeySet(str(self.path)), self.name)
