"""Reading from Kafka, as a static member of a consumer group."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import structlog
from kafka import KafkaConsumer, TopicPartition
from kafka.errors import CommitFailedError, KafkaError
from kafka.structs import OffsetAndMetadata

from chassis import metrics
from chassis.consumer.log import LogAway
from chassis.events import Received, read

log = structlog.get_logger(__name__)
LAG_EVERY_SECONDS = 0.5
STUCK_SECONDS = 20.0
# Unbounded, a question to a broker that has gone takes longer than the watchdog waits.
ANSWER_WITHIN_MS = 5_000
# Where events may gather, the broker answers once this much is there, or the time for it is over.
GATHERED_BYTES = 512 * 1024


class KafkaLog:
    """The topics that one consumer group reads, from their beginning; offsets are committed by hand.

    ``arrived`` is told of each topic's records that come, by Kafka's timestamps of them.
    """

    def __init__(
        self,
        bootstrap: str,
        group: str,
        instance: str,
        topics: Collection[str],
        arrived: Callable[[str, Sequence[int]], None] = lambda _, __: None,
        gathering_ms: int = 0,
    ) -> None:
        self._bootstrap, self._group, self._instance, self._topics = bootstrap, group, instance, list(topics)
        self._arrived = arrived
        self._gathering_ms = gathering_ms
        self._consumer: KafkaConsumer | None = None
        self._first: dict[TopicPartition, int] = {}
        self._next: dict[TopicPartition, int] = {}
        self._seen: dict[TopicPartition, int] = {}
        self._lag: Counter[str] = Counter()
        self._lag_at = 0.0
        self._progress_at = time.monotonic()

    def poll(self, most: int, seconds: float) -> list[Received]:
        """Wait for events and take up to ``most``, each partition's in log order.

        Raises:
            LogAway: the broker cannot be reached.

        """
        with self._or_away():
            consumer = self._consumer = self._consumer or self._connect()
            began = time.perf_counter()
            records = consumer.poll(timeout_ms=int(seconds * 1000), max_records=most)
            if records:
                metrics.BROKER_SECONDS.labels("poll").observe(time.perf_counter() - began)
                self._tell(records)
            self._first = {partition: found[0].offset for partition, found in records.items()}
            self._next = {partition: found[-1].offset + 1 for partition, found in records.items()}
            self._measure(consumer)
            self._must_get_on(consumer)
        return [received(partition, record) for partition, found in records.items() for record in found]

    def commit(self) -> None:
        """Say that what was polled last is done. Unsaid, it would come again and be found done."""
        offsets = {partition: OffsetAndMetadata(offset, "", -1) for partition, offset in self._next.items()}
        if not offsets or self._consumer is None:
            return
        with self._or_away():
            began = time.perf_counter()
            try:
                self._consumer.commit(offsets, timeout_ms=ANSWER_WITHIN_MS)
                metrics.BROKER_SECONDS.labels("commit").observe(time.perf_counter() - began)
            except CommitFailedError:
                log.info("consumer.commit_after_rebalance", partitions=len(offsets))

    def rewind(self) -> None:
        """Go back before what was polled last, where the partition is still ours."""
        if self._consumer is not None:
            for partition in self._consumer.assignment() & self._first.keys():
                self._consumer.seek(partition, self._first[partition])

    def pause(self) -> None:
        """Take nothing for a while, but stay a member of the group."""
        if self._consumer is not None:
            self._consumer.pause(*self._consumer.assignment())

    def resume(self) -> None:
        """Take events again."""
        if self._consumer is not None:
            self._consumer.resume(*self._consumer.assignment())

    def lag(self) -> dict[str, int]:
        """Events on each topic that were not taken yet, as last measured."""
        return dict(self._lag)

    def close(self) -> None:
        """Leave; a static member's partitions wait for it to come back."""
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            consumer.close(autocommit=False)

    def _tell(self, records: Mapping[TopicPartition, Sequence[Any]]) -> None:
        """Tell of what came for the first time; what comes again after a fault has arrived before."""
        for partition, found in records.items():
            new = [record.timestamp for record in found if record.offset >= self._seen.get(partition, 0)]
            self._seen[partition] = max(self._seen.get(partition, 0), found[-1].offset + 1)
            if new:
                self._arrived(partition.topic, new)

    @contextmanager
    def _or_away(self) -> Iterator[None]:
        """Begin anew with a fresh client after any fault of the broker: one that went through it may not recover.

        kafka-python 3.0.12 was seen to stay in a rebalance for ever. A static member that comes back moves no partitions.
        """
        try:
            yield
        except KafkaError as error:
            self._give_up()
            raise LogAway(f"{type(error).__name__}: {error}") from error

    def _give_up(self) -> None:
        consumer, self._consumer, self._progress_at = self._consumer, None, time.monotonic()
        if consumer is not None:
            try:
                consumer.close(autocommit=False, timeout_ms=1_000)
            except KafkaError as error:
                log.info("consumer.closed_badly", error=type(error).__name__)

    def _must_get_on(self, consumer: KafkaConsumer) -> None:
        """Give up a client that gets nothing although there is something, or that was assigned nothing at all."""
        now = time.monotonic()
        idle = consumer.assignment() and not sum(self._lag.values())
        if self._next or idle or consumer.paused():
            self._progress_at = now
        elif now - self._progress_at > STUCK_SECONDS:
            self._give_up()
            raise LogAway(f"nothing came for {STUCK_SECONDS:.0f} s although {sum(self._lag.values())} events are there")

    def _measure(self, consumer: KafkaConsumer) -> None:
        now = time.monotonic()
        if now - self._lag_at < LAG_EVERY_SECONDS:
            return
        ends = consumer.end_offsets(list(consumer.assignment()), timeout_ms=ANSWER_WITHIN_MS)
        lag: Counter[str] = Counter(dict.fromkeys(self._topics, 0))
        for partition, end in ends.items():
            # What this poll returned is not done yet, and counts as lag.
            first = self._first.get(partition)
            lag[partition.topic] += end - (first if first is not None else consumer.position(partition, ANSWER_WITHIN_MS) or 0)
        self._lag, self._lag_at = lag, now

    def _connect(self) -> KafkaConsumer:
        consumer = KafkaConsumer(
            bootstrap_servers=self._bootstrap.split(","),
            client_id=self._instance,
            group_id=self._group,
            group_instance_id=self._instance,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_poll_interval_ms=300_000,
            session_timeout_ms=30_000,
            fetch_min_bytes=GATHERED_BYTES if self._gathering_ms else 1,
            fetch_max_wait_ms=self._gathering_ms or 250,
            bootstrap_timeout_ms=5_000,
            reconnect_backoff_max_ms=500,
            allow_auto_create_topics=False,
        )
        try:
            self._subscribe(consumer)
        except (KafkaError, LogAway):
            consumer.close(autocommit=False)
            raise
        return consumer

    def _subscribe(self, consumer: KafkaConsumer) -> None:
        # A group joined before the client knows the topics is assigned nothing and joined again; where a poll's time runs
        # out in that second joining, kafka-python 3.0.12 never takes note of its end (one start of twelve, measured).
        unknown = [topic for topic in self._topics if not consumer.partitions_for_topic(topic)]
        if unknown:
            raise LogAway(f"the broker has no topic {', '.join(unknown)}")
        consumer.subscribe(topics=self._topics)


def received(partition: TopicPartition, record: Any) -> Received:
    """A record as an event, with the place where it lies for what is none."""
    """What a record of Kafka tells."""
    place = f"{partition.topic}/{partition.partition}/{record.offset}"
    return read(partition.topic, place, record.key, record.headers, record.value)
