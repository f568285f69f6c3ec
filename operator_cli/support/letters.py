"""Dead letters and waiting streams as they may be shown: kinds and places, nothing that an event or an error said."""

import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Any

from operator_cli.doctor.sight import Sight

MOST = 500
PAGE = 100
_TYPE = re.compile(r"ma\.nassij\.[a-z]+\.[a-z-]+\.[a-z-]+\.v\d+")
_SOURCE = re.compile(r"/nassij/[a-z]+")
_REGION = re.compile(r"\d{2}")
_KIND = re.compile(r"[A-Z][A-Za-z]{2,60}")
_KEY = re.compile(r"(?P<subject>[a-z][a-z-]{1,40})/(?P<id>.+)", re.DOTALL)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SALT = secrets.token_bytes(16)
_CODE = re.compile(r"\d{2}(?:\.\d{3})?")


def dead_letters(sight: Sight, service: str) -> list[dict[str, Any]]:
    """The open dead letters of a service, the first 500. Raises Unseen when it does not answer."""
    found: list[dict[str, Any]] = []
    after: str | None = None
    while len(found) < MOST:
        page = sight.web(service, "/ops/deadletters", limit=PAGE, after=after).answer
        found += [letter_of(letter) for letter in page["items"]]
        after = page.get("next")
        if after is None:
            break
    return found[:MOST]


def letter_of(letter: Mapping[str, Any]) -> dict[str, Any]:
    """One of them: what it is about is told only where it has the form that our own events have."""
    cause = str(letter.get("cause") or "").partition(":")[0].strip()
    return {
        "id": letter.get("id"),
        "state": letter.get("state"),
        "type": _only(_TYPE, letter.get("type")),
        "source": _only(_SOURCE, letter.get("source")),
        "key": key_of(str(letter.get("key") or "")),
        "sequence": letter.get("sequence"),
        "region": _only(_REGION, letter.get("region")),
        "error": _only(_KIND, cause),
        "died": letter.get("died"),
        "deaths": letter.get("deaths"),
    }


def waiting_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """What /ops/waiting says, with keys as they may be shown."""
    return {**told, "longest": [_stream(row) for row in told.get("longest", ())]}


def key_of(key: str) -> str:
    """A key whose id is a UUID or a territory's code as it is; of any other id a short hash, the same for the same id."""
    found = _KEY.fullmatch(key)
    if found is None:
        return hashed(key)
    plain = _UUID.fullmatch(found["id"]) or _CODE.fullmatch(found["id"])
    return key if plain else f"{found['subject']}/{hashed(found['id'])}"


def _stream(row: Mapping[str, Any]) -> dict[str, Any]:
    source, _, key = str(row.get("awaits") or "").partition("|")
    awaits = f"{_only(_SOURCE, source)}|{key_of(key)}" if key else None
    return {**row, "source": _only(_SOURCE, row.get("source")), "key": key_of(str(row.get("key") or "")), "awaits": awaits}


def _only(form: re.Pattern[str], found: Any) -> str | None:
    return found if isinstance(found, str) and form.fullmatch(found) else None


def hashed(text: str) -> str:
    """A short name for a text that may not be told, the same for as long as this process lives and for nobody to guess from."""
    return "#" + hmac.digest(_SALT, text.encode(), "sha256").hex()[:10]
