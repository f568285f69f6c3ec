"""Killing processes while the programme is played, at fixed numbers of events on the topics."""

import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from operator_cli.errors import Refusal
from operator_cli.stack.local import LocalStack
from operator_cli.stack.topics import TOPICS

FIRST, LAST = 0.35, 0.95
"""Between which parts of the programme's events the kills lie: sessions, mails and webhooks are in the second half."""
EVENTS_AT_FULL_SCALE = 5800
"""About how many events a programme publishes at scale 1."""
LOOK_EVERY = 0.2
PATIENCE_MS = 5000


def moments(count: int, scale: float) -> list[int]:
    """After how many published events each of `count` kills comes; one alone comes in the middle."""
    total = EVENTS_AT_FULL_SCALE * scale
    gap = (LAST - FIRST) / count
    return [round(total * (FIRST + gap * (number + 0.5))) for number in range(count)]


class Killer:
    """Kills each process once, as a crash would, while the block lasts; the supervisor starts it again."""

    def __init__(self, stack: LocalStack, processes: Sequence[str], scale: float) -> None:
        self._stack = stack
        self._plan = list(zip(moments(len(processes), scale), processes, strict=True)) if processes else []
        self._before = {name: stack.process(name).restarts for name in processes}
        self._killed: dict[str, dict[str, Any]] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="killer", daemon=True)

    def report(self) -> list[dict[str, Any]]:
        """What was killed, after how many events, and how often it was started again since.

        Raises Refusal for a kill that never came.
        """
        for at, name in self._plan:
            if name not in self._killed:
                raise Refusal(f"The programme was over before {at} events were published, so {name} was not killed.")
        return [
            {**found, "restarts": self._stack.process(name).restarts - self._before[name]} for name, found in self._killed.items()
        ]

    def __enter__(self) -> Self:
        if self._plan:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=PATIENCE_MS / 1000)

    def _watch(self) -> None:
        events = Events(self._stack.kafka)
        for at, name in self._plan:
            while (found := events.count()) < at:
                if self._over.wait(LOOK_EVERY):
                    return
            self._kill(name, found)

    def _kill(self, name: str, events: int) -> None:
        self._killed[name] = {"process": name, "pid": self._stack.kill(name), "after_events": events}


class Events:
    """Counts what lies on the topics; while the broker is away there are as many as before."""

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap
        self._consumer: Any = None
        self._last = 0

    def count(self) -> int:
        """How many records there are."""
        from kafka import KafkaConsumer, TopicPartition
        from kafka.errors import KafkaError

        places = [TopicPartition(topic.name, number) for topic in TOPICS for number in range(topic.partitions)]
        try:
            self._consumer = self._consumer or KafkaConsumer(
                bootstrap_servers=self._bootstrap, enable_auto_commit=False, bootstrap_timeout_ms=PATIENCE_MS
            )
            self._last = sum(self._consumer.end_offsets(places).values())
        except KafkaError:
            # It was just killed, by us as likely as not; the next look is at a new connection.
            self._consumer = None
        return self._last
