"""Consume and `bulk_write` by hand, folding as the observatory folds: no transaction, no watermark, no order, no waiting events.

`python -m tests.bench.theirs.bare_fold` reads the same settings as the observatory (NASSIJ_KAFKA, NASSIJ_STORE_URI), works in a
database beside the observatory's own, removes it, and prints `{"events", "seconds"}`.
"""

import json
import sys
import time
from contextlib import suppress
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import msgspec
from kafka import KafkaConsumer, TopicPartition
from pymongo import InsertOne, ReplaceOne, UpdateOne
from pymongo.errors import BulkWriteError

from chassis import identity
from chassis.events import FIRST_YEAR, LARGEST_SEQUENCE
from chassis.migrations import migrate
from chassis.settings import Settings
from chassis.store import connection
from chassis.store.connection import Store
from services.observatory.figures.folding import Folding
from services.observatory.figures.reactions import UNFIT
from services.observatory.figures.rules import RULES
from services.observatory.service import service
from services.observatory.stories.references import references

BATCH = 2000
DUPLICATE = 11000


def main() -> None:
    """Fold the whole history once."""
    settings = Settings.from_environment(service="observatory")
    identity.use(identity.Identity("observatory", settings.cell))
    store = Store.connect(settings.store_uri).beside("replay")
    store.client.drop_database(store.database.name)
    connection.use(store)
    try:
        migrate(service, settings)
        print(json.dumps(fold_all(settings.kafka, store.database)))  # noqa: T201
    finally:
        store.client.drop_database(store.database.name)


def fold_all(kafka: str, database: Any) -> dict[str, float]:
    """Read every topic to its end and write what comes of it."""
    consumer = KafkaConsumer(bootstrap_servers=kafka, enable_auto_commit=False, max_partition_fetch_bytes=8 << 20)
    partitions = [TopicPartition(topic, n) for topic in service.topics for n in consumer.partitions_for_topic(topic)]
    consumer.assign(partitions)
    consumer.seek_to_beginning()
    ends = consumer.end_offsets(partitions)
    events, began = 0, time.perf_counter()
    while any(consumer.position(partition) < end for partition, end in ends.items()):
        records = consumer.poll(timeout_ms=10_000, max_records=BATCH)
        taken = [record for found in records.values() for record in found]
        write(database, [event for event in map(parsed, taken) if event is not None])
        events += len(taken)
    seconds = time.perf_counter() - began
    consumer.close()
    return {"events": events, "seconds": round(seconds, 3)}


def parsed(record: Any) -> SimpleNamespace | None:
    """A record by hand; nothing where it is no event that can be folded, of which nobody is told here."""
    try:
        headers = {name[3:]: value.decode() for name, value in record.headers if name.startswith("ce_")}
        key = record.key.decode()
        event = SimpleNamespace(**dict.fromkeys(("region", "province", "correlation", "causation", "by")))
        event.__dict__.update(headers, key=key, subject_id=key.partition("/")[2], data=msgspec.json.decode(record.value))
        event.wants, event.sequence, event.time = RULES.keys(event), int(event.sequence), datetime.fromisoformat(event.time)
    except (*UNFIT, ValueError):
        return None
    return event if event.sequence <= LARGEST_SEQUENCE and event.time.year >= FIRST_YEAR else None


def write(database: Any, batch: list[SimpleNamespace]) -> None:
    """Fold a batch and write it: three bulk writes."""
    folding = Folding(RULES)
    wanted = list({key for event in batch for key in event.wants})
    folding.facts = {row["_id"]: row["told"] for row in database.facts.find({"_id": {"$in": wanted}})}
    for event in batch:
        with suppress(*UNFIT):
            folding.apply(event)
    if folding.changed:
        database.facts.bulk_write(
            [ReplaceOne({"_id": key}, {"told": folding.facts[key]}, upsert=True) for key in folding.changed], ordered=False
        )
    if folding.sums:
        database.figures.bulk_write([_added(place, counts) for place, counts in folding.sums.items()], ordered=False)
    try:
        database.told.bulk_write([InsertOne(_told(event)) for event in batch], ordered=False)
    except BulkWriteError as error:  # what came twice is kept once, though it was counted twice: nothing guards it here
        if any(wrong["code"] != DUPLICATE for wrong in error.details["writeErrors"]):
            raise


def _added(place: tuple[str | None, str | None], counts: dict[str, int]) -> UpdateOne:
    region, province = place
    changes = {f"counts.{name}": amount for name, amount in counts.items()}
    once = {"region": region, "province": province}
    return UpdateOne({"_id": f"{region or ''}/{province or ''}"}, {"$inc": changes, "$setOnInsert": once}, upsert=True)


def _told(event: SimpleNamespace) -> dict[str, Any]:
    row = {
        "_id": f"{event.key}|{event.source}|{event.sequence:010d}",
        "event": event.id,
        "type": event.type,
        "source": event.source,
        "key": event.key,
        "sequence": event.sequence,
        "region": event.region,
        "province": event.province,
        "time": event.time,
        "correlation": event.correlation,
        "causation": event.causation,
        "by": event.by,
        "refs": references(event.data, event.key),
    }
    return {name: value for name, value in row.items() if value}


if __name__ == "__main__":
    sys.exit(main())
