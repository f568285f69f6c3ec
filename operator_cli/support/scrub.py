"""Takes secrets and personal data out of everything that goes into the bundle: known ones, and whatever looks like one."""

import base64
import re
import urllib.parse
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from operator_cli.support.encoded import RUN, decodings, unescaped
from operator_cli.support.people import People
from vocabulary.digits import ascii_digits

SECRET, NAME, ENCODED = "<secret>", "<name>", "<left out: encoded>"
SHORT, REMEMBERED = 200, 20_000
"""Characters of a text that is worth remembering, and how many such texts are."""
SHORTEST = 8
"""Characters of a secret; a shorter one would be found in innocent words."""
SAFE_VALUES = frozenset({"", "given", "not given", "true", "false", "none", "null"})
NAMED_SECRET = re.compile(r"password|passwd|secret|token|api.?key|authorization|cookie|private.?key|store_uri", re.IGNORECASE)

# A dictionary from a form to what stands in its place; applied in this order.
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"-----BEGIN [A-Z0-9 ]+-----.*?(?:-----END [A-Z0-9 ]+-----|\Z)", re.DOTALL), "<key>"),
    (re.compile(r"([a-zA-Z][\w+.-]*://)[^\s\"'<>]*@"), r"\1…@"),
    (re.compile(r"\beyJ[\w-]{5,}(?:\.[\w-]*){1,4}"), "<token>"),
    (re.compile(r"\b(Bearer|Basic|Digest)\s+[\w.~+/=-]{6,}", re.IGNORECASE), r"\1 <secret>"),
    (re.compile(r"\b(?:whsec|nsj)_[\w+/=-]{8,}"), SECRET),
    (
        re.compile(
            r"(\b[\w-]*(?:password|passwd|pwd|secret|token|api[_-]?key|authorization)[\"']?\s*[=:]\s*[\"']?)(?!<|…)[^\s\"',;&}]{4,}",
            re.IGNORECASE,
        ),
        r"\1<secret>",
    ),
    (re.compile(r"[\w.+'-]+(?:@|%40|\s?[\[(](?:at|AT)[\])]\s?)[\w-]+(?:\.[\w-]+)+"), "<mail>"),
    (
        re.compile(r"(?<![\w.-])(?:\(?(?:\+|00)\(?212\)?[\s./-]?(?:\(0\)|0)?|0)[\s./-]?[5-8](?:[\s./()-]{0,2}\d){8}(?!\d)"),
        "<phone>",
    ),
    (re.compile(r"(?<![\w.-])(?:\+|00)[1-9](?:[\s./()-]{0,2}\d){8,13}(?!\d)"), "<phone>"),
    (re.compile(r"(?<![\w-])tel:\+?[\d\s.-]{6,}"), "<phone>"),
    (re.compile(r"(?<![\w-])[A-Z]{1,2}\d{5,6}(?![\w-])"), "<cin>"),
)
PLAIN_RUN = re.compile(r"[\d.:+TZ/-]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z_]{8,24}")
"""Moments, numbers, UUIDs and single words hide nothing. Most of what is written is such, and looking into it would take long."""
ARABIC_DIGITS = re.compile(r"[٠-٩۰-۹][٠-٩۰-۹\s.+()-]{6,}")


class Scrubber:
    """Scrubs texts and JSON. ``people`` is None where the register could not be asked whom it knows."""

    def __init__(self, secrets: Iterable[str], people: People | None, places: Mapping[str, str] | None = None) -> None:
        """Know these secrets and people; ``places`` (the home folder, the user's name) are written as something else."""
        self.people = people
        forms = {form for secret in secrets if len(secret) >= SHORTEST for form in _forms(secret)}
        self._known = _any_of(forms)
        # What is written down repeats itself: the same fields, labels and sentences, thousands of times.
        self._short = lru_cache(maxsize=REMEMBERED)(self._scrubbed)
        self._hides = lru_cache(maxsize=REMEMBERED)(self._is_hiding)
        self._places = sorted((places or {}).items(), key=lambda place: -len(place[0]))

    def value(self, found: Any, name: str = "") -> Any:
        """JSON with every text in it scrubbed, keys included; what is called a password is left out whatever it looks like."""
        if isinstance(found, Mapping):
            return {self.text(str(key)): self.value(inner, str(key)) for key, inner in found.items()}
        if isinstance(found, list | tuple):
            return [self.value(inner, name) for inner in found]
        if isinstance(found, str):
            hidden = NAMED_SECRET.search(name) and found.lower() not in SAFE_VALUES
            return SECRET if hidden else self.text(found)
        return found

    def text(self, found: str) -> str:
        """A text without secrets and personal data, plain or encoded."""
        return self._short(found) if len(found) <= SHORT else self._scrubbed(found)

    def _scrubbed(self, found: str) -> str:
        plain = self._plain(unescaped(found))
        return RUN.sub(self._decoded, plain)

    def _plain(self, text: str) -> str:
        for place, instead in self._places:
            text = text.replace(place, instead)
        text = self._known.sub(SECRET, text)
        text = ARABIC_DIGITS.sub(lambda match: ascii_digits(match[0]), text)
        for pattern, instead in PATTERNS:
            text = pattern.sub(instead, text)
        return self._without_people(text)

    def _without_people(self, text: str) -> str:
        if self.people is None:
            return text
        parts, end = [], 0
        for start, stop in self.people.spans(text):
            parts += [text[end:start], NAME]
            end = stop
        return "".join([*parts, text[end:]])

    def _decoded(self, match: re.Match[str]) -> str:
        return ENCODED if self._hides(match[0]) else match[0]

    def _is_hiding(self, run: str) -> bool:
        return not PLAIN_RUN.fullmatch(run) and any(self._plain(decoded) != decoded for decoded in decodings(run))


def _forms(secret: str) -> set[str]:
    """A secret as it may stand in a text."""
    raw = secret.encode()
    encoded = {base64.b64encode(raw).decode().rstrip("="), base64.urlsafe_b64encode(raw).decode().rstrip("="), raw.hex()}
    return {secret, urllib.parse.quote(secret, safe=""), urllib.parse.quote_plus(secret), secret.replace("\n", "\\n"), *encoded}


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
