"""The work that every contestant does, and the figures that must come out of it.

A feed tells of 2,000 sessions how many half-days each was attended, in events of 300 bytes that go round the sessions. A
contestant consumes them and keeps its own account of each session in one of two ways, and publishes one event for each event.

- `bulk`: a projection. Per event one upsert of the session's row (no document is loaded).
- `reaction`: an aggregate. The session's register is loaded, a rule decides, the register is saved with its version checked.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, Self
from urllib.parse import quote, urlsplit, urlunsplit

SESSIONS = 2_000
PAYLOAD_BYTES = 300
BATCH = 500
PARTITIONS = 6
REGION = "03"
LIMIT = 1_000_000
"""How many half-days a register takes before its rule refuses; never reached, always checked."""

BULK, REACTION = "bulk", "reaction"
EFFECTS = {BULK: "attendances", REACTION: "registers"}
SETTING = "NASSIJ_BENCH_RUN"


@dataclass(frozen=True, kw_only=True)
class Run:
    """One contestant's turn. Its name, in lower-case letters, makes its topics, group and databases its own."""

    name: str
    row: str
    contestant: str
    events: int
    store: str
    kafka: str

    @property
    def feed(self) -> str:
        """The service that the events come from."""
        return f"{self.name}feed"

    @property
    def feed_topic(self) -> str:
        """Where they come from."""
        return f"nassij.{self.feed}"

    @property
    def topic(self) -> str:
        """Where the contestant publishes."""
        return f"nassij.{self.name}"

    @property
    def store_uri(self) -> str:
        """The contestant's own database."""
        return with_database(self.store, f"bench_{self.name}")

    @property
    def feed_store_uri(self) -> str:
        """The feed's database."""
        return with_database(self.store, f"bench_{self.feed}")

    @property
    def effects(self) -> str:
        """The collection that holds the outcome."""
        return EFFECTS[self.row]

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a process that takes part in this run."""
        return {**os.environ, SETTING: json.dumps(asdict(self)), "PYTHONWARNINGS": "ignore", **more}

    @classmethod
    def current(cls) -> Self:
        """The run that this process takes part in."""
        return cls(**json.loads(os.environ[SETTING]))


def with_database(uri: str, name: str) -> str:
    """The same store and user, another database."""
    parts = urlsplit(uri)
    query = parts.query
    if parts.username and "authSource=" not in query:
        query += f"{'&' if query else ''}authSource={quote(parts.path.strip('/') or 'admin')}"
    return urlunsplit((parts.scheme, parts.netloc, f"/{name}", query, ""))


class Attended(NamedTuple):
    """One event of the feed."""

    session: str
    sequence: int
    data: dict[str, Any]


def session_id(number: int) -> str:
    """The id of a session, as long as any."""
    return f"018f0000-0000-7000-8000-{number:012d}"


def attended(events: int) -> Iterator[Attended]:
    """The feed, in order: round after round over the sessions."""
    for number in range(events):
        session = session_id(number % SESSIONS)
        data = {"session": session, "person": session_id(number), "half_days": 1 + number * 7 % 4, "note": ""}
        data["note"] = "n" * (PAYLOAD_BYTES - len(json.dumps(data, separators=(",", ":"))))
        yield Attended(session, number // SESSIONS + 1, data)


def expected(events: int) -> dict[str, tuple[int, int]]:
    """Entries and half-days of each session once every event has had its effect exactly once."""
    found: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for event in attended(events):
        entries, half_days = found[event.session]
        found[event.session] = entries + 1, half_days + event.data["half_days"]
    return dict(found)


def empty_registers() -> list[dict[str, Any]]:
    """The registers as they lie in the store before the first event, the same for every contestant."""
    return [
        {
            "_id": session_id(number),
            "region": REGION,
            "title": f"Session {number} of the programme, half-days by participant",
            "limit": LIMIT,
            "entries": 0,
            "half_days": 0,
            "last_person": None,
            "version": 1,
            "guard": 0,
            "sequence": 0,
            "personal_sequence": 0,
        }
        for number in range(SESSIONS)
    ]
