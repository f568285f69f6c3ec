"""The examples of every release, as they lie in contracts/examples/."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chassis.contracts.places import EXAMPLES, ROOT
from chassis.events import Received, as_headers, read


@dataclass(frozen=True)
class Example:
    """A whole event of a release, in structured JSON mode."""

    release: str
    event: dict[str, Any]

    @property
    def type(self) -> str:
        return str(self.event["type"])

    def __str__(self) -> str:
        return f"{self.type} of release {self.release}"

    def record(self, topic: str) -> Received:
        """The event as a consumer reads it from the log."""
        attributes = {name: text for name, text in self.event.items() if name not in {"data", "datacontenttype"}}
        value = json.dumps(self.event["data"], ensure_ascii=False).encode()
        return read(topic, f"{topic}/0/0", self.event["subject"].encode(), as_headers(attributes), value)


def examples() -> Iterator[Example]:
    """Every one of them, release by release."""
    for path in sorted((ROOT / EXAMPLES).glob("*/*/*.json")):
        yield Example(path.parts[-3], json.loads(path.read_text(encoding="utf-8")))
