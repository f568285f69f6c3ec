"""What lies on the topics, counted by reading them from their beginning."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from operator_cli.errors import NotRunning
from operator_cli.stack.topics import TOPICS

PATIENCE_MS = 10_000
PREFIX = "ma.nassij."


@dataclass
class Published:
    """Distinct events by type, how many records repeat one, and the ids of events by (type, region)."""

    by_type: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    ids: dict[tuple[str, str | None], set[str]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many distinct events there are."""
        return self.by_type.total()

    def of(self, subjects: tuple[str, ...], region: str) -> set[str]:
        """The ids of a region's events whose type begins with one of these."""
        wanted = tuple(PREFIX + subject for subject in subjects)
        return {name for (kind, where), ids in self.ids.items() if where == region and kind.startswith(wanted) for name in ids}


def read_topics(bootstrap: str) -> Published:
    """Read every topic to where it ends now. Raises NotRunning when Kafka does not answer."""
    from kafka import KafkaConsumer, TopicPartition
    from kafka.errors import KafkaError

    found = Published()
    try:
        consumer = KafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False, bootstrap_timeout_ms=PATIENCE_MS)
        try:
            places = [TopicPartition(topic.name, number) for topic in TOPICS for number in range(topic.partitions)]
            _read(consumer, places, found)
        finally:
            consumer.close()
    except KafkaError as error:
        raise NotRunning(f"Kafka does not answer at {bootstrap}; see `nassij status`.") from error
    return found


def _read(consumer: Any, places: list[Any], found: Published) -> None:
    ends = consumer.end_offsets(places)
    consumer.assign(places)
    consumer.seek_to_beginning(*places)
    while any(consumer.position(place) < ends[place] for place in places):
        records = consumer.poll(timeout_ms=PATIENCE_MS)
        if not records:
            raise NotRunning("Kafka stopped answering; see `nassij status`.")
        for each in records.values():
            for record in each:
                _count(record, found)


def _count(record: Any, found: Published) -> None:
    headers = {name: value.decode() for name, value in record.headers or ()}
    kind = headers.get("ce_type", "unreadable")
    if record.value is None:
        kind = "tombstone"
    name = headers.get("ce_id") or f"{record.topic}/{record.partition}/{record.offset}"
    known = found.ids.setdefault((kind, headers.get("ce_region")), set())
    if name in known:
        found.repeated += 1
    else:
        known.add(name)
        found.by_type[kind.removeprefix(PREFIX)] += 1
