"""What a run of characters may be the encoding of: a secret that was encoded is still a secret."""

import base64
import binascii
import html
import re
import urllib.parse
from collections.abc import Iterator

RUN = re.compile(r"[A-Za-z0-9+/_=%.~&#;-]{8,}")
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}")
HEX = re.compile(r"(?:[0-9a-fA-F]{2}){6,}")
ESCAPED = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
SHIFTS = range(4)
"""A run may begin within a group of four: the encoding of a longer text was cut there."""
SHORTEST = 5


def unescaped(text: str) -> str:
    r"""A text with what JSON writes as ``\u0623`` written out."""
    return ESCAPED.sub(lambda match: _surrogates(match[0]), text)


def decodings(run: str) -> Iterator[str]:
    """Every text that a run of characters may encode: percent signs, HTML, base64 of both alphabets, hexadecimal."""
    for plain in {urllib.parse.unquote_plus(run, errors="replace"), html.unescape(run)} - {run}:
        yield plain
        # What was encoded twice.
        yield from (decoded for part in BASE64.findall(plain) for decoded in _from_base64(part))
    for part in BASE64.findall(urllib.parse.unquote(run)):
        yield from _from_base64(part)
    for part in HEX.findall(run):
        yield from _readable(bytes.fromhex(part))


def _from_base64(part: str) -> Iterator[str]:
    plain = part.replace("-", "+").replace("_", "/")
    for shift in SHIFTS:
        rest = plain[shift:]
        try:
            raw = base64.b64decode(rest[: len(rest) // 4 * 4] if len(rest) % 4 == 1 else rest + "=" * (-len(rest) % 4))
        except binascii.Error:
            continue
        yield from _readable(raw)


def _readable(raw: bytes) -> Iterator[str]:
    """Bytes as text where they are one, except for a character cut in two at either end."""
    for cut in range(3):
        text = raw[cut:].decode("utf-8", "ignore")
        if len(text) >= SHORTEST and sum(character.isprintable() for character in text) >= len(text) - 2:
            yield text
            return


def _surrogates(escaped: str) -> str:
    units = bytes.fromhex(escaped.replace("\\u", ""))
    return units.decode("utf-16-be", "replace")
