"""Kafka and MongoDB in containers of this machine's engine, each for as long as a block lasts.

The images are the public ones unless NASSIJ_TEST_KAFKA_IMAGE and NASSIJ_TEST_MONGO_IMAGE name others (tests/containers_standin/).
testcontainers' own Kafka class starts Confluent's image and its MongoDB class no replica set, hence the plain containers.
"""

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pymongo import MongoClient

from operator_cli.stack import topics
from operator_cli.stack.containers.store import REPLICA_SET, ensure_replica_set
from operator_cli.stack.probes import kafka_answers

KAFKA_IMAGE = "apache/kafka:4.1.1"
MONGO_IMAGE = "mongo:8"
PATIENCE = 60.0
CLUSTER = "nassijTests00000000000"


def why_no_engine() -> str | None:
    """What is missing before a container can be started; None when nothing is."""
    import docker
    from docker.errors import DockerException

    try:
        client = docker.from_env(timeout=5)
    except DockerException as error:
        return f"no container engine answers ({error}); start one, or name it in DOCKER_HOST"
    client.close()
    return None


@contextmanager
def kafka_container() -> Iterator[str]:
    """A broker with the platform's topics; its address."""
    from testcontainers.core.container import DockerContainer

    port = free_port()
    container = DockerContainer(os.environ.get("NASSIJ_TEST_KAFKA_IMAGE") or KAFKA_IMAGE)
    container.with_envs(CLUSTER_ID=CLUSTER, **broker_settings(port))
    container.ports["9192/tcp"] = ("127.0.0.1", port)
    with container:
        until(kafka_answers(port), "Kafka's container does not answer", lambda: container.get_wrapped_container().logs(tail=5))
        address = f"127.0.0.1:{port}"
        topics.ensure(address)
        yield address


def broker_settings(port: int) -> dict[str, str]:
    """One node, led back to by the port that it has on this machine, as the image's variables."""
    one = {
        f"KAFKA_{name}": "1"
        for name in (
            "NODE_ID",
            "OFFSETS_TOPIC_REPLICATION_FACTOR",
            "TRANSACTION_STATE_LOG_REPLICATION_FACTOR",
            "TRANSACTION_STATE_LOG_MIN_ISR",
            "SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR",
            "SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR",
        )
    }
    return one | {
        "KAFKA_PROCESS_ROLES": "broker,controller",
        "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
        "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "KAFKA_LISTENERS": "PLAINTEXT://:9192,CONTROLLER://localhost:9093",
        "KAFKA_ADVERTISED_LISTENERS": f"PLAINTEXT://127.0.0.1:{port}",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
        "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS": "6",
        "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
    }


@contextmanager
def mongo_container() -> Iterator[str]:
    """A replica set of one node that takes writes, open to everybody on this machine; its address."""
    from testcontainers.core.container import DockerContainer

    port = free_port()
    container = DockerContainer(os.environ.get("NASSIJ_TEST_MONGO_IMAGE") or MONGO_IMAGE)
    container.with_command(
        ["mongod", "--replSet", REPLICA_SET, "--bind_ip_all", "--setParameter", "transactionLifetimeLimitSeconds=10"]
    )
    container.ports["27017/tcp"] = ("127.0.0.1", port)
    with container:
        address = f"mongodb://127.0.0.1:{port}/?directConnection=true"
        with MongoClient(address, serverSelectionTimeoutMS=int(PATIENCE * 1000)) as client:
            ensure_replica_set(client, "127.0.0.1:27017")
        yield address


def free_port() -> int:
    """A port that nothing uses now: the broker must know before it starts by which one it is reached."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(holds: Callable[[], bool], complaint: str, last_words: Callable[[], bytes]) -> None:
    """Wait for something, and not for ever."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"{complaint} after {PATIENCE:.0f} s: {last_words().decode()}"
        time.sleep(0.2)
