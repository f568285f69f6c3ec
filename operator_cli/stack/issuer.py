"""The local token issuer: an Ed25519 key, its public half as JWKS, and tokens signed with it."""

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from operator_cli.errors import NotRunning
from operator_cli.stack.environment import ISSUER
from operator_cli.stack.layout import Layout, write_whole
from operator_cli.stack.secrets import OWNER_ONLY

ROLES = ("national", "regional", "provincial", "auditor", "partner", "service")


def ensure(layout: Layout) -> None:
    """Make the key and its JWKS if they are missing."""
    key, jwks = layout.issuer / "key.pem", layout.issuer / "jwks.json"
    if key.exists() and jwks.exists():
        return
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()).decode()
    raw = private.public_key().public_bytes(form.Encoding.Raw, form.PublicFormat.Raw)
    write_whole(key, pem, OWNER_ONLY)
    write_whole(jwks, json.dumps({"keys": [_jwk(raw)]}, indent=2))


def _jwk(raw: bytes) -> dict[str, str]:
    """The public key as RFC 8037 writes it; `kid` is its RFC 7638 thumbprint."""
    members = {"crv": "Ed25519", "kty": "OKP", "x": _base64url(raw)}
    thumbprint = hashlib.sha256(json.dumps(members, separators=(",", ":")).encode()).digest()
    return {**members, "kid": _base64url(thumbprint), "alg": "EdDSA", "use": "sig"}


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def mint(
    layout: Layout,
    role: str,
    *,
    regions: Sequence[str] = (),
    provinces: Sequence[str] = (),
    subject: str | None = None,
    partner: str | None = None,
    days: float = 1,
) -> str:
    """A signed token. Raises NotRunning where no local issuer was made yet."""
    import jwt

    try:
        key = (layout.issuer / "key.pem").read_text()
        kid = json.loads((layout.issuer / "jwks.json").read_text())["keys"][0]["kid"]
    except FileNotFoundError:
        raise NotRunning("There is no local token issuer yet; run `nassij up` first.") from None
    now = datetime.now(UTC)
    claims = {"iss": ISSUER, "sub": subject or f"local-{role}", "iat": now, "exp": now + timedelta(days=days)}
    claims |= {"role": role, "regions": list(regions), "provinces": list(provinces)}
    if partner:
        claims["partner"] = partner
    return jwt.encode(claims, key, algorithm="EdDSA", headers={"kid": kid})
