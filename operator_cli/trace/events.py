"""Events as a story tells them: where each stands and how it hangs together with others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.ids import made_at

_NAMES = ("id", "type", "source", "key", "sequence", "region", "province", "time", "correlation", "causation", "by")


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``time`` is the programme's; the machine's is told by the ``id``. ``refs`` are the keys that its data name."""

    id: str
    type: str
    source: str
    key: str
    sequence: int
    time: str
    region: str | None = None
    province: str | None = None
    correlation: str | None = None
    causation: str | None = None
    by: str | None = None
    refs: tuple[str, ...] = ()
    pending: bool = False
    recorded_seconds_ago: float | None = None

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Event":
        """An event as the observatory or its own service tells it."""
        known: dict[str, Any] = {name: told.get(name) for name in _NAMES}
        age = told.get("recorded_seconds_ago")
        return cls(**known, refs=tuple(told.get("refs") or ()), pending=bool(told.get("pending")), recorded_seconds_ago=age)

    @property
    def what(self) -> str:
        """What happened, in words: `certificate issued`."""
        parts = self.type.split(".")
        return " ".join(parts[3:-1]).replace("-", " ") if len(parts) > 4 else self.type  # noqa: PLR2004 - ma.nassij.service.…

    @property
    def service(self) -> str:
        """Who recorded it."""
        return self.source.rpartition("/")[2]

    @property
    def subject(self) -> str:
        """What its stream is about: `certificate`."""
        return self.key.partition("/")[0]

    @property
    def place(self) -> dict[str, Any]:
        """It, as a service is asked what became of it."""
        return {"type": self.type, "source": self.source, "key": self.key, "sequence": self.sequence}

    @property
    def milliseconds(self) -> int | None:
        """Machine time from its cause (an event or a request) to it, where both ids tell it; the demo clock has no part in it."""
        began, ended = made_at(self.causation or ""), made_at(self.id)
        return None if began is None or ended is None else round((ended - began) * 1000)

    @property
    def day(self) -> str:
        """The programme's time as people read it, UTC to the second."""
        try:
            return datetime.fromisoformat(self.time).strftime("%Y-%m-%d %H:%M:%S")
        except ValueError:
            return self.time

    def as_json(self) -> dict[str, Any]:
        """All of it, for programs."""
        told = {name: getattr(self, name) for name in _NAMES}
        return {**told, "what": self.what, "service": self.service, "pending": self.pending, "refs": list(self.refs)}
