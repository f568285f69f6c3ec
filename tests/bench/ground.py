"""What a run finds: topics, databases, the events to consume; and whether it left behind what it should."""

from typing import Any

import msgspec
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from pymongo import IndexModel, MongoClient
from pymongo.database import Database

from chassis.events import as_headers
from chassis.ids import new_id
from operator_cli.stack.topics import ENDLESS, Topic, ensure
from tests.bench.failure import TurnFailed
from tests.bench.work import PARTITIONS, REACTION, REGION, Run, attended, empty_registers, expected

THEIR_INDEXES = {
    # The partial index that the relay reads by, and the end of what was published.
    "outbox": [
        IndexModel([("pending", 1), ("_id", 1)], partialFilterExpression={"pending": True}),
        IndexModel([("published", 1)], expireAfterSeconds=14 * 86_400),
    ],
    "watermarks": [],
}


class WrongOutcome(TurnFailed):
    """A contestant did not do the work; its time means nothing."""


class Ground:
    """One run's topics and databases."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._client: MongoClient[dict[str, Any]] = MongoClient(run.store_uri)

    @property
    def database(self) -> Database[dict[str, Any]]:
        """The contestant's database."""
        return self._client.get_default_database()

    def prepare(self) -> None:
        """Make topics and collections, and fill the feed."""
        run = self._run
        ensure(run.kafka, tuple(Topic(name, ENDLESS, PARTITIONS) for name in (run.feed_topic, run.topic)))
        for name in (run.effects, "outbox", "watermarks"):
            self.database.create_collection(name)
        if run.row == REACTION:
            self.database[run.effects].insert_many(empty_registers())

    def prepare_for_others(self) -> None:
        """Make the indexes of a contestant who has no migration of its own."""
        for name, indexes in THEIR_INDEXES.items():
            if indexes:
                self.database[name].create_indexes(indexes)

    def fill_feed(self) -> None:
        """Publish the events to consume, as the chassis publishes them."""
        producer = KafkaProducer(bootstrap_servers=self._run.kafka, acks="all", linger_ms=50, batch_size=256 * 1024)
        for event in attended(self._run.events):
            producer.send(self._run.feed_topic, key=f"session/{event.session}".encode(), **_record(self._run, event))
        producer.flush(timeout=30)
        producer.close(timeout=5)

    def check(self, *, guaranteed: bool) -> None:
        """Raise WrongOutcome unless every event had its effect once and was published."""
        self._check_effects()
        published = self._published(self._run.topic)
        if published != self._run.events:
            raise WrongOutcome(f"{published} events were published, not {self._run.events}")
        if guaranteed:
            self._check_guarantees()

    def feed_outbox(self, *, pending: bool) -> int:
        """How many events the feed's own commands recorded, or recorded and did not publish yet."""
        outbox = self._client[f"bench_{self._run.feed}"].outbox
        return outbox.count_documents({"pending": True} if pending else {})

    def check_feed(self) -> None:
        """Raise WrongOutcome unless what the feed's commands saved was published, each once or (after a fault) more often."""
        saved = self._client[f"bench_{self._run.feed}"].sessions.count_documents({})
        recorded, published = self.feed_outbox(pending=False), self._published(self._run.feed_topic)
        if not saved == recorded <= published:
            raise WrongOutcome(f"{saved} sessions were saved, {recorded} events recorded, {published} published")

    def clear(self) -> None:
        """Leave nothing behind."""
        for name in (f"bench_{self._run.name}", f"bench_{self._run.feed}"):
            self._client.drop_database(name)
        self._client.close()
        admin = KafkaAdminClient(bootstrap_servers=self._run.kafka)
        admin.delete_topics([self._run.feed_topic, self._run.topic])
        admin.close()

    def _check_effects(self) -> None:
        wanted = expected(self._run.events)
        rows = self.database[self._run.effects].find({"entries": {"$gt": 0}})
        found = {row["_id"]: (row["entries"], row["half_days"]) for row in rows}
        if found != wanted:
            wrong = next(key for key in wanted.keys() | found.keys() if wanted.get(key) != found.get(key))
            raise WrongOutcome(f"session {wrong} has {found.get(wrong)}, not {wanted.get(wrong)} (entries, half-days)")

    def _check_guarantees(self) -> None:
        marks = sum(row["sequence"] for row in self.database.watermarks.find())
        rows, pending = self.database.outbox.count_documents({}), self.database.outbox.count_documents({"pending": True})
        if (marks, rows, pending) != (self._run.events, self._run.events, 0):
            raise WrongOutcome(f"watermarks {marks}, outbox {rows} rows of which {pending} pending, of {self._run.events} events")

    def _published(self, topic: str) -> int:
        consumer = KafkaConsumer(bootstrap_servers=self._run.kafka, enable_auto_commit=False)
        partitions = [TopicPartition(topic, number) for number in range(PARTITIONS)]
        ends = consumer.end_offsets(partitions)
        consumer.close()
        return sum(ends.values())


def _record(run: Run, event: Any) -> dict[str, Any]:
    event_id = new_id()
    attributes = {
        "specversion": "1.0",
        "id": event_id,
        "type": f"ma.nassij.{run.feed}.session.attended.v1",
        "source": f"/nassij/{run.feed}",
        "subject": f"session/{event.session}",
        "time": "2026-11-02T09:00:00+00:00",
        "sequence": str(event.sequence),
        "region": REGION,
        "cell": "national",
        "correlation": event_id,
        "by": "bench",
    }
    return {"value": msgspec.json.encode(event.data), "headers": as_headers(attributes)}
