"""A short name for what a contract says, the same for the code that publishes and for the file that lies in contracts/."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

LENGTH = 16


def fingerprint(schema: Mapping[str, Any]) -> str:
    """16 hexadecimal digits that change with anything a schema says but the order and layout of its text."""
    text = json.dumps(schema, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
