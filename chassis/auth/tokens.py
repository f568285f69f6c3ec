"""Tokens: signed JWTs of one trusted issuer, checked with its published keys.

Only the two algorithms pinned here count, and a token is checked by the algorithm of the key that it names, never by
the one that it claims. Tokens live in the machine's time also where the demo clock is turned: they are no legal days.
"""

import json
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import jwt
import structlog

from chassis.auth.principal import Principal
from chassis.problems import Unauthorized, Unavailable
from chassis.settings import Settings

ALGORITHMS = frozenset({"EdDSA", "RS256"})
LEEWAY_SECONDS = 30
FETCH_SECONDS = 3.0
# A key that the issuer withdraws stops counting after so long; an unknown one is asked for at most so often.
REFRESH_AFTER_SECONDS = 300.0
ASK_AGAIN_SECONDS = 2.0

log = structlog.get_logger(__name__)


class KeySet:
    """The issuer's public keys (a JWKS), from a path or an http(s) address, kept and asked for again when they are old."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched = float("-inf")

    def key(self, kid: str) -> jwt.PyJWK:
        """Return the key of this id. Raises Unauthorized if the issuer has no such key, Unavailable if none could be read."""
        with self._lock:
            age = time.monotonic() - self._fetched
            if age > REFRESH_AFTER_SECONDS or (kid not in self._keys and age > ASK_AGAIN_SECONDS):
                self._refresh()
            if kid in self._keys:
                return self._keys[kid]
            if not self._keys:
                sentence = "The token issuer's keys cannot be read, so nobody can be let in; check NASSIJ_JWKS and try again."
                raise Unavailable("token-keys-unavailable", sentence)
        raise Unauthorized(
            "token-key-unknown", "The token is signed with a key that its issuer does not publish; get a new token."
        )

    def _refresh(self) -> None:
        try:
            self._keys = {key.key_id: key for key in self._read() if key.key_id}
        except (OSError, ValueError, httpx.HTTPError, jwt.PyJWTError) as error:
            log.warning("auth.keys_unreadable", source=self._source, reason=type(error).__name__, kept=len(self._keys))
        self._fetched = time.monotonic()

    def _read(self) -> list[jwt.PyJWK]:
        published = self._document().get("keys")
        if not isinstance(published, list):
            raise ValueError("a JWKS has a list of keys")  # noqa: TRY004 - it is the file that is wrong, not our types
        return [key for key in map(_usable, published) if key is not None]

    def _document(self) -> dict[str, Any]:
        if self._source.startswith(("http://", "https://")):
            text = httpx.get(self._source, timeout=FETCH_SECONDS).raise_for_status().text
        else:
            text = Path(self._source).read_text(encoding="utf-8")
        document = json.loads(text)
        return document if isinstance(document, dict) else {}


def _usable(published: Any) -> jwt.PyJWK | None:
    """Return a published key as one of ours, or nothing for a key of another kind: an issuer may have those as well."""
    try:
        key = jwt.PyJWK(published)
    except (jwt.PyJWTError, AttributeError):
        return None
    return key if key.algorithm_name in ALGORITHMS else None


class TokenVerifier:
    """Turns an `Authorization` header into a principal."""

    def __init__(self, keys: KeySet, issuer: str, audience: str = "") -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience

    @classmethod
    def from_settings(cls, settings: Settings) -> "TokenVerifier":
        """Return the verifier that these settings describe."""
        return cls(KeySet(settings.jwks), settings.issuer, settings.audience)

    def principal(self, authorization: str | None) -> Principal:
        """Return who this header says is asking. Raises Unauthorized, or Unavailable when there are no keys to check with."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            sentence = "This address wants a token: send the header 'Authorization: Bearer TOKEN'."
            raise Unauthorized("token-missing", sentence)
        return Principal.from_claims(self._claims(token.strip()))

    def expiry(self, token: str) -> int:
        """Return when this token ends, in seconds of the epoch. Raises as `principal` does."""
        return int(self._claims(token)["exp"])

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            if not isinstance(kid, str):
                raise _refused("names no key (kid)")
            return self._verified(token, self._keys.key(kid))
        except jwt.ExpiredSignatureError:
            raise Unauthorized("token-expired", "The token has expired; get a new one from its issuer.") from None
        except jwt.InvalidIssuerError:
            raise _refused(f"is not from the issuer {self._issuer}") from None
        except jwt.InvalidAudienceError:
            raise _refused(f"is not meant for {self._audience}") from None
        except jwt.MissingRequiredClaimError as error:
            raise _refused(f"lacks the claim {error.claim}") from None
        except jwt.PyJWTError:
            raise _refused("does not hold: it is damaged, not yet valid or not signed as it says") from None

    def _verified(self, token: str, key: jwt.PyJWK) -> dict[str, Any]:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[key.algorithm_name],
            issuer=self._issuer,
            audience=self._audience or None,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iss", "sub"], "verify_aud": bool(self._audience)},
        )
        return claims


def _refused(what: str) -> Unauthorized:
    return Unauthorized("token-refused", f"The token {what}; get a new one from its issuer.")
