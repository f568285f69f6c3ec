"""What checks see of the brokers: topics and their settings, the newest records, offsets, and what time it is there."""

import logging
import socket
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from operator_cli.doctor.finding import Unreachable, Unseen

if TYPE_CHECKING:
    from kafka import KafkaAdminClient, KafkaConsumer

PATIENCE_MS = 3000
READING_SECONDS = 4.0
OFFSETS = "__consumer_offsets"
OWN_GROUP = "nassij-doctor"
"""Commits one offset to learn the broker's time, and is removed at once."""


@dataclass(frozen=True)
class TopicSeen:
    """One topic: partitions, the fewest copies that one of them has, partitions with a copy missing, and its settings."""

    partitions: int
    copies: int
    behind: int = 0
    config: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """One record as it lies on a topic."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    headers: list[tuple[str, bytes]]
    value: bytes | None


@dataclass(frozen=True)
class Reading:
    """A clock that was read between two moments of this machine's."""

    began: datetime
    told: datetime
    ended: datetime


class Broker(Protocol):
    """A cluster of brokers."""

    def size(self) -> int:
        """How many brokers there are."""

    def topics(self, names: Collection[str], settings: Collection[str]) -> Mapping[str, TopicSeen]:
        """Those of these topics that exist, with these of their settings."""

    def newest(self, names: Collection[str], each: int) -> list[Record]:
        """The newest records of each partition, up to so many of each."""

    def offsets(self, names: Collection[str], groups: Collection[str]) -> dict[str, Any]:
        """Ends of topics and what groups have committed, by topic and partition."""

    def clock(self, topic: str) -> Reading:
        """What time it is there."""


@dataclass(frozen=True)
class KafkaBroker:
    """Brokers that answer at an address."""

    bootstrap: str

    @classmethod
    def at(cls, bootstrap: str) -> "KafkaBroker":
        """Those of this address. Raises Unreachable where nobody takes a connection."""
        logging.getLogger("kafka").setLevel(logging.CRITICAL)
        host, _, port = bootstrap.split(",", maxsplit=1)[0].rpartition(":")
        try:
            socket.create_connection((host, int(port)), timeout=PATIENCE_MS / 1000).close()
        except OSError:
            raise Unreachable(f"Kafka does not answer at {bootstrap}") from None
        return cls(bootstrap)

    def size(self) -> int:
        """How many brokers there are."""
        with self._admin() as admin:
            return len(admin.describe_cluster()["brokers"])

    def topics(self, names: Collection[str], settings: Collection[str]) -> Mapping[str, TopicSeen]:
        """Those of these topics that exist, with these of their settings."""
        from kafka.admin import ConfigResource, ConfigResourceType

        with self._admin() as admin:
            present = [name for name in names if name in set(admin.list_topics())]
            wanted = [ConfigResource(ConfigResourceType.TOPIC, name, dict.fromkeys(settings)) for name in present]
            configs = admin.describe_configs(wanted, config_filter="all")["topic"] if present else {}
            described = admin.describe_topics(present) if present else []
        return {topic["name"]: _seen(topic, configs.get(topic["name"], {})) for topic in described}

    def newest(self, names: Collection[str], each: int) -> list[Record]:
        """The newest records of each partition, up to so many of each. Raises Unseen when reading takes too long."""
        with self._consumer() as consumer:
            return [_record(raw) for raw in _last(consumer, names, each)]

    def offsets(self, names: Collection[str], groups: Collection[str]) -> dict[str, Any]:
        """Ends of topics and what groups have committed, by topic and partition."""
        with self._consumer() as consumer, self._admin() as admin:
            places = [place for name in names for place in _partitions(consumer, name)]
            ends, starts = consumer.end_offsets(places), consumer.beginning_offsets(places)
            present = [group["group_id"] for group in admin.list_groups() if group["group_id"] in groups]
            committed = admin.list_group_offsets(present) if present else {}
        return {
            "topics": {f"{p.topic}/{p.partition}": {"begins": starts[p], "ends": ends[p]} for p in sorted(places)},
            "groups": {
                group: {f"{p.topic}/{p.partition}": at.offset for p, at in sorted(found.items())}
                for group, found in sorted(committed.items())
            },
        }

    def clock(self, topic: str) -> Reading:
        """The time that the broker stamps on an offset which is committed for this; nothing of the services' is touched."""
        from kafka import TopicPartition
        from kafka.structs import OffsetAndMetadata

        with self._admin() as admin, self._consumer() as consumer:
            began = datetime.now(UTC)
            admin.alter_group_offsets(OWN_GROUP, {TopicPartition(topic, 0): OffsetAndMetadata(0, "", -1)})
            ended = datetime.now(UTC)
            stamps = [raw.timestamp for raw in _last(consumer, [OFFSETS], 1) if raw.key and OWN_GROUP.encode() in raw.key]
            admin.delete_groups([OWN_GROUP])
        if not stamps:
            raise Unseen("the broker does not show when an offset was committed")
        return Reading(began, datetime.fromtimestamp(max(stamps) / 1000, UTC), ended)

    @contextmanager
    def _admin(self) -> "Iterator[KafkaAdminClient]":
        from kafka import KafkaAdminClient

        with self._or_unseen():
            admin = KafkaAdminClient(
                bootstrap_servers=self.bootstrap.split(","), bootstrap_timeout_ms=PATIENCE_MS, request_timeout_ms=PATIENCE_MS
            )
            try:
                yield admin
            finally:
                admin.close()

    @contextmanager
    def _consumer(self) -> "Iterator[KafkaConsumer]":
        from kafka import KafkaConsumer

        with self._or_unseen():
            consumer = KafkaConsumer(
                bootstrap_servers=self.bootstrap.split(","),
                enable_auto_commit=False,
                allow_auto_create_topics=False,
                bootstrap_timeout_ms=PATIENCE_MS,
            )
            try:
                yield consumer
            finally:
                consumer.close(autocommit=False)

    @contextmanager
    def _or_unseen(self) -> Iterator[None]:
        from kafka.errors import KafkaError

        try:
            yield
        except KafkaError as error:
            raise Unseen(f"Kafka at {self.bootstrap} answered {type(error).__name__}") from error


def _seen(topic: Mapping[str, Any], config: Mapping[str, Mapping[str, Any]]) -> TopicSeen:
    partitions = topic["partitions"]
    return TopicSeen(
        partitions=len(partitions),
        copies=min((len(partition["replica_nodes"]) for partition in partitions), default=0),
        behind=sum(len(partition["isr_nodes"]) < len(partition["replica_nodes"]) for partition in partitions),
        config={name: str(found["value"]) for name, found in config.items()},
    )


def _partitions(consumer: "KafkaConsumer", name: str) -> list[Any]:
    from kafka import TopicPartition

    return [TopicPartition(name, number) for number in sorted(consumer.partitions_for_topic(name) or ())]


def _last(consumer: "KafkaConsumer", names: Collection[str], each: int) -> Iterator[Any]:
    """The last records of each partition, up to where it ended when this began."""
    places = [place for name in names for place in _partitions(consumer, name)]
    first, end = consumer.beginning_offsets(places), consumer.end_offsets(places)
    filled = [place for place in places if end[place] > first[place]]
    consumer.assign(filled)
    for place in filled:
        consumer.seek(place, max(first[place], end[place] - each))
    until = time.monotonic() + READING_SECONDS
    while any(consumer.position(place) < end[place] for place in filled):
        if time.monotonic() > until:
            raise Unseen(f"the last records could not be read within {READING_SECONDS:.0f} s")
        for records in consumer.poll(timeout_ms=500).values():
            yield from records


def _record(raw: Any) -> Record:
    return Record(raw.topic, raw.partition, raw.offset, raw.key, list(raw.headers or ()), raw.value)
