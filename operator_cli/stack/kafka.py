"""Apache Kafka on this machine: one KRaft node, broker and controller in one."""

from collections.abc import Sequence
from pathlib import Path

from operator_cli.stack import jars
from operator_cli.stack.layout import Layout
from operator_cli.stack.ports import Ports

CLUSTER = "nassijLocalStack000000"
"""The cluster id, 22 characters of URL-safe base64: fixed, since a local stack never meets another."""

MAIN = "kafka.Kafka"
FORMATTER = "kafka.tools.StorageTool"
QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m")
"""Measured: ready in 2 s instead of 5; a local broker never runs long enough to want the second compiler."""

LOUDNESS = (
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
)


def server_properties(layout: Layout, ports: Ports) -> str:
    """The text of `server.properties`."""
    broker, controller = f"127.0.0.1:{ports.kafka}", f"127.0.0.1:{ports.kafka_controller}"
    settings = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": f"1@{controller}",
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://{broker},CONTROLLER://{controller}",
        "advertised.listeners": f"PLAINTEXT://{broker}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": layout.kafka / "data",
        # One node can hold one copy of each record, its own bookkeeping included.
        "offsets.topic.replication.factor": 1,
        "offsets.topic.num.partitions": 6,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "transaction.state.log.num.partitions": 2,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.min.isr": 1,
        # A consumer that joins an empty group starts at once.
        "group.initial.rebalance.delay.ms": 0,
        # Topics are declared in topics.py; a misspelt one is an error, not a new topic.
        "auto.create.topics.enable": "false",
        # The cleaner's default buffer is a quarter of this broker's heap.
        "log.cleaner.dedupe.buffer.size": 16 * 1024 * 1024,
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def properties_file(layout: Layout) -> Path:
    """Where the broker's settings lie."""
    return layout.kafka / "server.properties"


def java_command(classpath: Sequence[Path], main: str, *arguments: str) -> list[str]:
    """The command line of one of Kafka's programs."""
    path = ":".join(map(str, classpath))
    return [str(jars.java()), *QUICK, *LOUDNESS, "-cp", path, main, *arguments]


def format_command(layout: Layout, classpath: Sequence[Path]) -> list[str]:
    """Prepares an empty data folder; does nothing to one that is prepared."""
    return java_command(classpath, FORMATTER, "format", "--ignore-formatted", "-t", CLUSTER, "-c", str(properties_file(layout)))


def server_command(layout: Layout, classpath: Sequence[Path]) -> list[str]:
    """Runs the broker."""
    return java_command(classpath, MAIN, str(properties_file(layout)))
