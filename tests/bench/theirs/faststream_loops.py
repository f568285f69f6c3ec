"""FastStream on aiokafka with the same guarantees: (c) one message at a time, (d) in batches.

Offsets are committed after the transaction, a relay of its own publishes what lies in the outbox. The relay runs beside the
handlers, which is the best that this framework allows.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

from aiokafka import ConsumerRecord
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage
from pymongo import AsyncMongoClient
from pymongo.asynchronous.client_session import AsyncClientSession
from pymongo.errors import PyMongoError
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from tests.bench.stopwatch import Stopwatch
from tests.bench.theirs.plan import Docs, Message, Row, Write, headers_of, message_of, plan, published, sessions
from tests.bench.work import BATCH, REACTION, Run

DURABLE = WriteConcern("majority", j=True)
MOST_AT_ONCE = 1000
BUSY_WAIT = 0.01


class Application:
    """A FastStream application that consumes the feed and publishes what it makes of it."""

    def __init__(self, run: Run, stopwatch: Stopwatch) -> None:
        self._run, self._stopwatch = run, stopwatch
        self._client: AsyncMongoClient[Row] = AsyncMongoClient(run.store_uri, tz_aware=True, w="majority", journal=True)
        self._database = self._client.get_default_database()
        self.broker = KafkaBroker(
            run.kafka,
            acks="all",
            enable_idempotence=True,
            max_batch_size=256 * 1024,
            allow_auto_create_topics=False,
            logger=None,
        )

    async def run(self) -> None:
        """Consume and publish until everything is published."""
        await self.broker.start()
        done = 0
        while done < self._run.events:
            moved = await self._publish_outbox()
            done += moved
            if not moved:
                await asyncio.sleep(BUSY_WAIT)
        self._stopwatch.stop()
        await self.broker.stop()
        await self._client.close()

    async def handle(self, records: Sequence[ConsumerRecord[Any, Any]]) -> None:
        """Apply these records in one transaction."""
        self._stopwatch.start()
        batch = [message_of(record.key, record.headers, record.value) for record in records]
        async with self._client.start_session() as session:
            await session.with_transaction(lambda session: self._apply(batch, session), ReadConcern("snapshot"), DURABLE)

    async def _apply(self, batch: list[Message], session: AsyncClientSession) -> None:
        found = self._database.watermarks.find({"_id": _any_of([message.stream for message in batch])}, session=session)
        marks = {row["_id"]: row["sequence"] async for row in found}
        planned = plan(self._run, batch, marks, await self._docs(batch, session))
        if planned.marks:
            await self._write("watermarks", planned.marks, session)
            await self._write(self._run.effects, planned.effects, session)
            await self._database.outbox.insert_many(planned.outbox, ordered=False, session=session)

    async def _docs(self, batch: list[Message], session: AsyncClientSession) -> Docs:
        if self._run.row != REACTION:
            return {}
        found = self._database[self._run.effects].find({"_id": _any_of(sessions(batch))}, session=session)
        return {row["_id"]: row async for row in found}

    async def _write(self, name: str, writes: list[Write], session: AsyncClientSession) -> None:
        result = await self._database[name].bulk_write(writes, ordered=False, session=session)
        if result.inserted_count + result.matched_count + result.upserted_count != len(writes):
            raise PyMongoError(f"{name} changed meanwhile")

    async def _publish_outbox(self) -> int:
        rows = await self._database.outbox.find({"pending": True}).sort("_id", 1).limit(MOST_AT_ONCE).to_list()
        if rows:
            await self._send(sorted(rows, key=lambda row: (row["key"], row["sequence"])))
            write = partial(self._write, "outbox", published(rows))
            async with self._client.start_session() as session:
                await session.with_transaction(write, ReadConcern("snapshot"), DURABLE)
        return len(rows)

    async def _send(self, rows: list[Row]) -> None:
        sent = [
            await self.broker.publish(
                row["value"],
                self._run.topic,
                key=row["key"].encode(),
                headers={name: text.decode() for name, text in headers_of(row)},
                no_confirm=True,
            )
            for row in rows
        ]
        await asyncio.gather(*sent)


def _any_of(keys: list[str]) -> Any:
    """One key as an equality, which every store finds fastest."""
    distinct = list(set(keys))
    return distinct[0] if len(distinct) == 1 else {"$in": distinct}


def one_by_one(run: Run, stopwatch: Stopwatch) -> None:
    """(c)"""

    async def play() -> None:
        application = Application(run, stopwatch)

        @application.broker.subscriber(
            run.feed_topic, group_id=run.name, auto_offset_reset="earliest", ack_policy=AckPolicy.NACK_ON_ERROR
        )
        async def handle(message: KafkaMessage) -> None:
            await application.handle([message.raw_message])

        await application.run()

    asyncio.run(play())


def batches(run: Run, stopwatch: Stopwatch) -> None:
    """(d)"""

    async def play() -> None:
        application = Application(run, stopwatch)

        @application.broker.subscriber(
            run.feed_topic,
            group_id=run.name,
            auto_offset_reset="earliest",
            ack_policy=AckPolicy.NACK_ON_ERROR,
            batch=True,
            max_records=BATCH,
        )
        async def handle(message: KafkaMessage) -> None:
            await application.handle(message.raw_message)

        await application.run()

    asyncio.run(play())
