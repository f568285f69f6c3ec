"""Kafka as a stranger uses it: records put on a topic by hand, and topics read."""

import json
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from operator_cli.stack.topics import TOPICS

PLACES = [TopicPartition(topic.name, number) for topic in TOPICS for number in range(topic.partitions)]
PATIENCE_MS = 10_000


class Kafka:
    """One broker's topics."""

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap

    def put(self, topic: str, *records: Mapping[str, Any]) -> None:
        """Put records on a topic, in this order, and wait until they lie there."""
        producer = KafkaProducer(bootstrap_servers=self._bootstrap)
        try:
            for record in records:
                producer.send(topic, **record).get(PATIENCE_MS / 1000)
        finally:
            producer.close()

    def published(self) -> int:
        """How many records all topics of the platform have taken."""
        with self._reading() as consumer:
            return sum(consumer.end_offsets(PLACES).values())

    def events(self) -> Counter[tuple[str, str]]:
        """How often each event lies on a topic, by type and key."""
        with self._reading() as consumer:
            consumer.assign(PLACES)
            consumer.seek_to_beginning(*PLACES)
            ends = consumer.end_offsets(PLACES)
            found = list(_until(consumer, ends))
        return Counter((dict(record.headers).get("ce_type", b"").decode(), (record.key or b"").decode()) for record in found)

    @contextmanager
    def _reading(self) -> Iterator[KafkaConsumer]:
        consumer = KafkaConsumer(bootstrap_servers=self._bootstrap, enable_auto_commit=False)
        try:
            yield consumer
        finally:
            consumer.close()


def record(kind: str, key: str, sequence: int, data: Any, *, region: str = "03", source: str | None = None) -> dict[str, Any]:
    """An event as its publisher would write it; `data` as bytes goes out as it is."""
    service = kind.split(".")[2]
    attributes = {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "type": kind,
        "source": source or f"/nassij/{service}",
        "sequence": str(sequence),
        "time": datetime.now(UTC).isoformat(),
        "region": region,
    }
    headers = [(f"ce_{name}", value.encode()) for name, value in attributes.items()]
    return {"key": key.encode(), "value": data if isinstance(data, bytes) else json.dumps(data).encode(), "headers": headers}


def _until(consumer: KafkaConsumer, ends: Mapping[TopicPartition, int]) -> Iterator[Any]:
    while any(consumer.position(place) < end for place, end in ends.items()):
        polled = consumer.poll(timeout_ms=PATIENCE_MS)
        assert polled, "Kafka stopped answering"
        for records in polled.values():
            yield from records
