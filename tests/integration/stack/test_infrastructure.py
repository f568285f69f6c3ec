"""The real broker and the real store, in a folder and on ports of their own."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaConsumer, KafkaProducer
from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from operator_cli.errors import Refusal
from operator_cli.stack.layout import Layout
from operator_cli.stack.local import LocalStack
from operator_cli.stack.ports import Ports
from operator_cli.stack.topics import TOPICS

BOUND = 15.0
NOT_AUTHORISED = 13


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    home = tmp_path_factory.mktemp("stack")
    with LocalStack(Layout(home), Ports.free()).infrastructure() as running:
        yield running


@pytest.fixture
def registry(stack: LocalStack) -> Iterator[MongoClient[dict[str, Any]]]:
    with MongoClient[dict[str, Any]](stack.store_uri("registry"), serverSelectionTimeoutMS=3000) as client:
        yield client


def test_a_record_that_was_produced_is_consumed(stack: LocalStack) -> None:
    producer = KafkaProducer(bootstrap_servers=stack.kafka)
    producer.send("nassij.registry", key=b"region/03", value=b"{}").get(timeout=BOUND)
    producer.close()
    consumer = KafkaConsumer("nassij.registry", bootstrap_servers=stack.kafka, auto_offset_reset="earliest")
    records = [record for batch in consumer.poll(timeout_ms=int(BOUND * 1000)).values() for record in batch]
    consumer.close()
    assert [record.key for record in records] == [b"region/03"]


def test_every_declared_topic_is_there(stack: LocalStack) -> None:
    consumer = KafkaConsumer(bootstrap_servers=stack.kafka)
    partitions = {topic.name: len(consumer.partitions_for_topic(topic.name) or ()) for topic in TOPICS}
    consumer.close()
    assert partitions == {topic.name: topic.partitions for topic in TOPICS}


def test_a_service_s_user_is_at_home_in_its_own_database(registry: MongoClient[dict[str, Any]]) -> None:
    registry.nassij_registry.probe.insert_one({"_id": "here"})
    registry.nassij_registry.probe.create_index("name")
    assert registry.nassij_registry.probe.count_documents({"_id": "here"}) == 1


def test_a_service_s_user_is_refused_in_another_s_database(registry: MongoClient[dict[str, Any]]) -> None:
    with pytest.raises(OperationFailure) as reading:
        registry.nassij_training.probe.find_one()
    with pytest.raises(OperationFailure) as writing:
        registry.nassij_training.probe.insert_one({})
    assert (reading.value.code, writing.value.code) == (NOT_AUTHORISED, NOT_AUTHORISED)


def test_nobody_enters_the_store_without_a_password(stack: LocalStack) -> None:
    with MongoClient[dict[str, Any]]("127.0.0.1", stack.ports.store) as client, pytest.raises(OperationFailure):
        client.nassij_registry.probe.find_one()


def test_a_killed_store_comes_back_with_what_it_had_acknowledged(
    stack: LocalStack, registry: MongoClient[dict[str, Any]]
) -> None:
    registry.nassij_registry.probe.insert_one({"_id": "before"})
    killed = stack.process("store").pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    deadline = time.monotonic() + BOUND
    while stack.process("store").pid in (killed, None) or stack.process("store").state != "ready":
        assert time.monotonic() < deadline, "the store was not started again"
        time.sleep(0.05)
    assert _found(registry, deadline)
    assert stack.process("store").restarts == 1


def _found(client: MongoClient[dict[str, Any]], deadline: float) -> bool:
    """Ask again while the driver finds out that the server is back."""
    while True:
        try:
            return client.nassij_registry.probe.find_one({"_id": "before"}) is not None
        except PyMongoError:
            if time.monotonic() > deadline:
                raise


def test_a_second_start_finds_everything_running(stack: LocalStack) -> None:
    assert stack.start() is False


def test_a_second_stack_on_the_same_ports_is_refused_in_one_sentence(stack: LocalStack, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"which kafka needs, is taken by process \d+ \(java\)"):
        LocalStack(Layout(tmp_path), stack.ports, "infrastructure").start()
