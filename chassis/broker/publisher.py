"""Publishing to Kafka, with a bound on every wait."""

import time
from collections.abc import Sequence
from typing import Any

import structlog
from kafka import KafkaProducer
from kafka.errors import KafkaError

from chassis import metrics
from chassis.outbox.relay import PublishFailed
from chassis.outbox.rows import Row, as_record

log = structlog.get_logger(__name__)
DELIVERY_SECONDS = 15


class KafkaPublisher:
    """A producer that is built when it is needed and built anew after a failure."""

    def __init__(self, bootstrap: str, client_id: str) -> None:
        self._bootstrap, self._client_id = bootstrap, client_id
        self._producer: KafkaProducer | None = None

    def publish(self, rows: Sequence[Row]) -> list[bool]:
        """Send these rows in their order and say of each whether the broker has it.

        Raises:
            PublishFailed: the broker cannot be reached.

        """
        try:
            producer = self._producer = self._producer or self._connect()
            began = time.perf_counter()
            futures = [self._send(producer, row) for row in rows]
            producer.flush(timeout=DELIVERY_SECONDS)
            metrics.BROKER_SECONDS.labels("produce").observe(time.perf_counter() - began)
        except KafkaError as error:
            self.close()
            raise PublishFailed(f"{type(error).__name__}: {error}") from error
        taken = [bool(future.succeeded()) for future in futures]
        if not all(taken):
            left = rows[taken.index(False)]
            first = {"event_id": left["_id"], "key": left["key"], "correlation": left["attributes"].get("correlation")}
            log.warning("relay.publish_incomplete", sent=len(rows), taken=sum(taken), **first)
            self.close()
        return taken

    def close(self) -> None:
        """Give up the producer and what it has not sent: the outbox still has it."""
        producer, self._producer = self._producer, None
        if producer is not None:
            producer.close(timeout=1)

    def _connect(self) -> KafkaProducer:
        return KafkaProducer(
            bootstrap_servers=self._bootstrap.split(","),
            client_id=self._client_id,
            acks="all",
            enable_idempotence=True,
            linger_ms=50,  # publish() flushes at once; until then records of a round share requests
            batch_size=256 * 1024,
            max_request_size=4 * 1024 * 1024,
            max_block_ms=5_000,
            request_timeout_ms=8_000,
            delivery_timeout_ms=DELIVERY_SECONDS * 1000 - 1_000,
            bootstrap_timeout_ms=5_000,
            reconnect_backoff_max_ms=500,
            allow_auto_create_topics=False,
        )

    @staticmethod
    def _send(producer: KafkaProducer, row: Row) -> Any:
        key, value, headers = as_record(row)
        return producer.send(row["topic"], key=key, value=value, headers=headers)
