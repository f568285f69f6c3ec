"""Keys near their end: token issuer, certificate issuers, webhook secrets in rotation, subscriptions, and TLS certificates."""

import base64
import json
import socket
import ssl
import urllib.parse
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from operator_cli.doctor.finding import OK, Finding, Unseen, fail, fine, or_fine, unseen, warn
from operator_cli.doctor.sight import Sight, Timed

CHECK = "keys"
PAGE = 200
TIME_ORDERED = 7
"""The version of UUIDs that tell when they were made; the ids of issuers' keys are such."""
OLD = timedelta(days=2 * 365)
SOON, VERY_SOON = timedelta(days=30), timedelta(days=7)
PATIENCE = 3.0


def check(sight: Sight) -> Iterator[Finding]:
    """Each kind of key; one that cannot be seen is told as such."""
    for look, where in ((_tokens, "token issuer"), (_issuers, "certificate issuers"), (_partners, "webhooks"), (_tls, "TLS")):
        try:
            yield from look(sight)
        except Unseen as why:
            yield unseen(CHECK, where, str(why))


def _tokens(sight: Sight) -> Iterator[Finding]:
    sight.must_be_here()
    path = sight.layout.issuer / "jwks.json"
    if not path.exists():
        raise Unseen("there is no local token issuer yet; nassij up makes one")
    keys = json.loads(path.read_text())["keys"]
    found = [finding for key in keys for finding in expiring("token issuer", key, "replace it where tokens are issued")]
    age = datetime.now(UTC) - datetime.fromtimestamp(path.stat().st_mtime, UTC)
    if age > OLD:
        told = f"The local token issuer's key is {age.days} days old."
        found.append(warn(CHECK, "token issuer", told, f"nassij down; rm {path.with_name('key.pem')} {path}; nassij up"))
    yield from or_fine(found, CHECK, "token issuer", f"{len(keys)} key of the local token issuer, {age.days} days old.")


def _issuers(sight: Sight) -> Iterator[Finding]:
    issuers = _all(sight, "certification", "/v1/issuers")
    now = datetime.now(UTC)
    found = [finding for issuer in issuers for finding in _issuer(issuer, now)]
    oldest = max((age.days for issuer in issuers if (age := age_of(issuer["jwk"]["kid"], now)) is not None), default=0)
    told = f"{len(issuers)} regions' keys sign certificates, the oldest for {oldest} days."
    yield from or_fine(found, CHECK, "certificate issuers", told)


def _issuer(issuer: Mapping[str, Any], now: datetime) -> Iterator[Finding]:
    region, key = issuer["region"], issuer["jwk"]
    where = f"issuer of region {region}"
    advice = f"plan a new key; who checks certificates reads /v1/issuers/{region}/jwks.json of certification"
    yield from expiring(where, key, advice)
    age = age_of(key["kid"], now)
    if age is None:
        yield unseen(CHECK, where, "its key's id does not tell when it was made")
    elif age > OLD:
        yield warn(CHECK, where, f"The key of the {where} is {age.days} days old.", advice)


def _partners(sight: Sight) -> Iterator[Finding]:
    asked = sight.web("notifications", "/ops/clock")
    today = datetime.fromisoformat(asked.answer["clock"])
    subscriptions = _all(sight, "notifications", "/v1/subscriptions")
    found = [finding for each in subscriptions for finding in _subscription(sight, each, today)]
    yield from or_fine(found, CHECK, "webhooks", f"{len(subscriptions)} subscriptions; no secret is being changed.")


def _subscription(sight: Sight, subscription: Mapping[str, Any], now: datetime) -> Iterator[Finding]:
    where = f"subscription {subscription['id']}"
    endpoint = sight.web("notifications", f"/v1/subscriptions/{subscription['id']}").answer["endpoint"]
    if endpoint["secrets"] > 1:
        yield fine(CHECK, where, f"{where} signs with {endpoint['secrets']} secrets: the older one ends within a day.")
    until = subscription.get("until")
    if until and subscription["state"] == "active":
        left = datetime.fromisoformat(until).replace(tzinfo=UTC) - now
        if left < SOON:
            yield warn(CHECK, where, f"{where} ends in {max(left.days, 0)} days, with its convention.", "nassij region list")


def _tls(sight: Sight) -> Iterator[Finding]:
    addresses = [process.address for process in sight.addresses.processes] if sight.addresses else []
    hosts = {
        (found.hostname or "", found.port or 443) for found in map(urllib.parse.urlsplit, addresses) if found.scheme == "https"
    }
    for host, port in sorted(hosts):
        yield ending(f"{host}:{port}", f"The certificate of {host}:{port}", _not_after(host, port), "renew it where TLS ends")


def _not_after(host: str, port: int) -> datetime:
    try:
        with (
            socket.create_connection((host, port), timeout=PATIENCE) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secured,
        ):
            ends: Any = (secured.getpeercert() or {})["notAfter"]
    except (OSError, KeyError) as error:
        raise Unseen(f"the certificate of {host}:{port} cannot be read ({type(error).__name__})") from None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC)


def expiring(where: str, key: Mapping[str, Any], advice: str) -> Iterator[Finding]:
    """What is to be said of a published key that names its end: by `exp`, or by its certificate (`x5c`)."""
    ends = datetime.fromtimestamp(key["exp"], UTC) if "exp" in key else None
    if key.get("x5c"):
        from cryptography.x509 import load_der_x509_certificate

        ends = load_der_x509_certificate(base64.b64decode(key["x5c"][0])).not_valid_after_utc
    if ends is not None:
        finding = ending(where, f"The key of the {where}", ends, advice)
        if finding.severity != OK:
            yield finding


def ending(where: str, what: str, ends: datetime, advice: str) -> Finding:
    """What is to be said of something that holds until then."""
    left = ends - datetime.now(UTC)
    if left <= timedelta():
        return fail(CHECK, where, f"{what} has ended on {ends:%Y-%m-%d}.", advice)
    if left > SOON:
        return fine(CHECK, where, f"{what} holds until {ends:%Y-%m-%d}.")
    severity = warn if left > VERY_SOON else fail
    return severity(CHECK, where, f"{what} ends in {left.days} days, on {ends:%Y-%m-%d}.", advice)


def age_of(kid: str, now: datetime) -> timedelta | None:
    """How old a key is by the time in its id; None for an id that holds none."""
    try:
        found = uuid.UUID(kid)
    except ValueError:
        return None
    return now - datetime.fromtimestamp((found.int >> 80) / 1000, UTC) if found.version == TIME_ORDERED else None


def _all(sight: Sight, service: str, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        asked: Timed = sight.web(service, path, limit=PAGE, after=after)
        found += asked.answer["items"]
        after = asked.answer["next"]
        if after is None:
            return found
