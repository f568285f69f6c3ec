"""(a) a batch loop on bare kafka-python and PyMongo with the same guarantees, and (b) the same loop without them."""

from functools import partial
from typing import Any

from kafka import KafkaConsumer, KafkaProducer
from pymongo import MongoClient
from pymongo.client_session import ClientSession
from pymongo.errors import PyMongoError
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from tests.bench.stopwatch import Stopwatch
from tests.bench.theirs.plan import Docs, Message, Row, Write, effects_of, headers_of, message_of, plan, published, sessions
from tests.bench.work import BATCH, REACTION, Run

DURABLE = WriteConcern("majority", j=True)
SEND_SECONDS = 15
MOST_AT_ONCE = 1000


class Loop:
    """Consume a batch, write its effect, publish."""

    def __init__(self, run: Run, stopwatch: Stopwatch) -> None:
        self._run, self._stopwatch = run, stopwatch
        self._client: MongoClient[Row] = MongoClient(run.store_uri, tz_aware=True, w="majority", journal=True)
        self._database = self._client.get_default_database()
        self._consumer = KafkaConsumer(
            bootstrap_servers=run.kafka,
            group_id=run.name,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            fetch_max_wait_ms=250,
        )
        self._consumer.partitions_for_topic(run.feed_topic)  # before joining, for the reason given in chassis/broker/log.py
        self._consumer.subscribe(topics=[run.feed_topic])
        self._producer = KafkaProducer(
            bootstrap_servers=run.kafka, acks="all", enable_idempotence=True, linger_ms=50, batch_size=256 * 1024
        )

    def guaranteed(self) -> None:
        """One transaction a batch, then the offsets, then what lies in the outbox."""
        done = 0
        while done < self._run.events:
            batch = self._poll()
            if batch:
                with self._client.start_session() as session:
                    session.with_transaction(partial(self._apply, batch), ReadConcern("snapshot"), DURABLE)
                self._consumer.commit()
            done += self._publish_outbox()
        self._stopwatch.stop()

    def unsafe(self) -> None:
        """Write, produce, and hope."""
        consumed = 0
        while consumed < self._run.events:
            batch = self._poll()
            if batch:
                effects, rows = effects_of(self._run, batch, self._docs(batch, None))
                self._database[self._run.effects].bulk_write(effects, ordered=False)
                self._send(rows)
                self._consumer.commit()
            consumed += len(batch)
        self._stopwatch.stop()

    def close(self) -> None:
        """Let go of broker and store."""
        self._consumer.close(autocommit=False)
        self._producer.close(timeout=5)
        self._client.close()

    def _poll(self) -> list[Message]:
        found = self._consumer.poll(timeout_ms=250, max_records=BATCH)
        records = [record for part in found.values() for record in part]
        if records:
            self._stopwatch.start()
        return [message_of(record.key, record.headers, record.value) for record in records]

    def _apply(self, batch: list[Message], session: ClientSession) -> None:
        streams = list({message.stream for message in batch})
        found = self._database.watermarks.find({"_id": {"$in": streams}}, session=session)
        marks = {row["_id"]: row["sequence"] for row in found}
        planned = plan(self._run, batch, marks, self._docs(batch, session))
        if planned.marks:
            self._write("watermarks", planned.marks, session)
            self._write(self._run.effects, planned.effects, session)
            self._database.outbox.insert_many(planned.outbox, ordered=False, session=session)

    def _docs(self, batch: list[Message], session: ClientSession | None) -> Docs:
        if self._run.row != REACTION:
            return {}
        wanted = {"_id": {"$in": sessions(batch)}}
        return {row["_id"]: row for row in self._database[self._run.effects].find(wanted, session=session)}

    def _write(self, name: str, writes: list[Write], session: ClientSession) -> None:
        result = self._database[name].bulk_write(writes, ordered=False, session=session)
        if result.inserted_count + result.matched_count + result.upserted_count != len(writes):
            raise PyMongoError(f"{name} changed meanwhile")

    def _publish_outbox(self) -> int:
        rows = list(self._database.outbox.find({"pending": True}).sort("_id", 1).limit(MOST_AT_ONCE))
        if rows:
            self._send(sorted(rows, key=lambda row: (row["key"], row["sequence"])))
            with self._client.start_session() as session:
                session.with_transaction(partial(self._write, "outbox", published(rows)), ReadConcern("snapshot"), DURABLE)
        return len(rows)

    def _send(self, rows: list[Row]) -> None:
        topic = self._run.topic
        sent: list[Any] = [
            self._producer.send(topic, key=row["key"].encode(), value=row["value"], headers=headers_of(row)) for row in rows
        ]
        self._producer.flush(timeout=SEND_SECONDS)
        for future in sent:
            future.get(timeout=0)


def guaranteed(run: Run, stopwatch: Stopwatch) -> None:
    """(a)"""
    loop = Loop(run, stopwatch)
    loop.guaranteed()
    loop.close()


def unsafe(run: Run, stopwatch: Stopwatch) -> None:
    """(b)"""
    loop = Loop(run, stopwatch)
    loop.unsafe()
    loop.close()
