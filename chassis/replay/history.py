"""All that lies on some topics, from the beginning, read by nobody's consumer group."""

from collections.abc import Collection, Iterator
from typing import Self

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from chassis.broker.log import received
from chassis.consumer.log import LogAway
from chassis.events import Received

FETCH_BYTES = 8 * 1024 * 1024
SILENCE_MS = 10_000


class History:
    """The events of these topics in log order, partition by partition; a context manager that gives up its connection."""

    def __init__(self, bootstrap: str, topics: Collection[str]) -> None:
        self._consumer = KafkaConsumer(
            bootstrap_servers=bootstrap.split(","),
            enable_auto_commit=False,
            fetch_max_bytes=FETCH_BYTES,
            max_partition_fetch_bytes=FETCH_BYTES,
            bootstrap_timeout_ms=5_000,
            allow_auto_create_topics=False,
        )
        found = {topic: self._consumer.partitions_for_topic(topic) or set() for topic in topics}
        self._partitions = [TopicPartition(topic, number) for topic, numbers in found.items() for number in sorted(numbers)]
        self._consumer.assign(self._partitions)
        self._consumer.seek_to_beginning()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._consumer.close(autocommit=False)

    def size(self) -> int:
        """How many events lie on the topics now."""
        begins = self._consumer.beginning_offsets(self._partitions)
        return sum(end - begins[partition] for partition, end in self._consumer.end_offsets(self._partitions).items())

    def batches(self, most: int) -> Iterator[list[Received]]:
        """What has not been read yet, up to where the topics end now, ``most`` at once.

        Raises:
            LogAway: the broker does not answer, or keeps back what it says to have.

        """
        try:
            ends = self._consumer.end_offsets(self._partitions)
            while any(self._consumer.position(partition) < end for partition, end in ends.items()):
                records = self._consumer.poll(timeout_ms=SILENCE_MS, max_records=most)
                if not records:
                    raise LogAway(f"nothing came for {SILENCE_MS // 1000} s although the topics hold more")
                yield [received(partition, record) for partition, found in records.items() for record in found]
        except KafkaError as error:
            raise LogAway(f"{type(error).__name__}: {error}") from error

    def positions(self) -> dict[TopicPartition, int]:
        """Where it stands: the offset of the next event of each partition."""
        return {partition: self._consumer.position(partition) for partition in self._partitions}
