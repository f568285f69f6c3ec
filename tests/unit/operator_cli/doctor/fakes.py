"""A stack that answers what a test says."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from operator_cli.addresses import Addresses
from operator_cli.doctor.broker import Broker, Reading, Record, TopicSeen
from operator_cli.doctor.finding import Finding, Unseen
from operator_cli.doctor.sight import STOPPED, Sight, Timed
from operator_cli.health import Health
from operator_cli.stack.layout import Layout
from operator_cli.stack.ports import Ports
from operator_cli.stack.rights import Trial
from operator_cli.stack.state import READY, Process, State
from operator_cli.stack.topics import TOPICS

KAFKA = "127.0.0.1:26000"
QUIET: dict[str, Any] = {
    "consumer": {
        "state": "running",
        "reason": None,
        "lag": 0,
        "waiting_keys": 0,
        "dead_letters": 0,
        "oldest_waiting_seconds": 0.0,
    },
    "outbox": {"pending": 0, "oldest_seconds": 0.0},
    "intents": {"due": 0, "oldest_seconds": 0.0},
    "deadlines": {"overdue": 0, "oldest_seconds": 0.0},
    "trouble": {},
}


def as_declared() -> dict[str, TopicSeen]:
    return {topic.name: TopicSeen(topic.partitions, 1, 0, dict(topic.config)) for topic in TOPICS}


@dataclass
class FakeBroker:
    seen: dict[str, TopicSeen] = field(default_factory=as_declared)
    brokers: int = 1
    records: list[Record] = field(default_factory=list)
    ahead: float = 0.0

    def size(self) -> int:
        return self.brokers

    def topics(self, names: Collection[str], settings: Collection[str]) -> Mapping[str, TopicSeen]:
        return self.seen

    def newest(self, names: Collection[str], each: int) -> list[Record]:
        return self.records

    def offsets(self, names: Collection[str], groups: Collection[str]) -> dict[str, Any]:
        return {"topics": {}, "groups": {}}

    def clock(self, topic: str) -> Reading:
        now = datetime.now(UTC)
        return Reading(now, now + timedelta(seconds=self.ahead), now)


class FakeSight(Sight):
    """Answers by process and path; what a test does not say is not seen."""

    def __init__(self, home: Path, *, here: bool = True, running: bool = True, services: Iterable[str] = ("training",)) -> None:
        names = [f"{service}-{role}" for service in services for role in ("web", "background")]
        processes = [Process(name, f"http://{name}", state=READY) for name in names]
        layout = Layout(home)
        addresses = Addresses(layout, tuple(processes), KAFKA) if running else None
        state = State(1, 1.0, "everything", Ports(), processes) if running and here else None
        super().__init__(layout, addresses, state, Ports.from_base(61000), here)
        self.answers: dict[str, Any] = {}
        self.later: dict[str, Any] = {}
        self.kafka = FakeBroker()
        self.attempts: list[Trial] = []
        self.healths: list[Health] = []

    def web(self, service: str, path: str, **query: str | int | None) -> Timed:
        return self._answer(f"{service}-web{path}")

    def background(self, service: str, path: str, *, fresh: bool = False) -> Timed:
        key = f"{service}-background{path}"
        return _timed(self.later[key]) if fresh and key in self.later else self._answer(key)

    def health(self) -> list[Health]:
        self._running()
        return self.healths

    def broker(self) -> Broker:
        self._running()
        return self.kafka

    def trials(self) -> Iterable[Trial]:
        self.must_be_here()
        return self.attempts

    def _answer(self, key: str) -> Timed:
        if self.addresses is None:
            raise Unseen(STOPPED)
        if key not in self.answers:
            raise Unseen(f"{key} does not answer")
        return _timed(self.answers[key])


def _timed(answer: Any) -> Timed:
    now = datetime.now(UTC)
    return Timed(now, answer() if callable(answer) else answer, now + timedelta(milliseconds=10))


def bad(findings: Iterable[Finding]) -> list[Finding]:
    """What somebody has to do something about; each of it says what."""
    found = [finding for finding in findings if finding.bad]
    assert all(finding.advice and finding.found.endswith(".") for finding in found), found
    return found


def severities(findings: Iterable[Finding]) -> list[str]:
    return [finding.severity for finding in findings]
