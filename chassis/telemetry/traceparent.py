"""W3C traceparent: `00-TRACE-SPAN-FLAGS`."""

import re
from typing import NamedTuple

_FORM = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")


class Traceparent(NamedTuple):
    """A span somewhere: its trace, itself, and flags, all in hexadecimal; the lowest flag says that it is recorded."""

    trace: str
    span: str
    flags: str

    def __str__(self) -> str:
        return f"00-{self.trace}-{self.span}-{self.flags}"


def read(text: str | None) -> Traceparent | None:
    """A traceparent that was sent; nothing for one that does not hold."""
    found = _FORM.fullmatch(text or "")
    return Traceparent(*found.groups()[:3]) if found else None
