"""`nassij topics`."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from operator_cli.addresses import KAFKA, Addresses
from operator_cli.errors import NotRunning, Refusal
from operator_cli.output import as_json, print_json, print_table
from operator_cli.stack.topics import TOPICS

if TYPE_CHECKING:
    from kafka import KafkaConsumer
    from kafka.consumer.fetcher import ConsumerRecord

PATIENCE_MS = 5000


@click.command(
    epilog="""\b
Examples:
  nassij topics
  nassij topics nassij.registry --last 5
  nassij topics nassij.certification --last 1 --json"""
)
@click.argument("topic", required=False)
@click.option("--last", type=click.IntRange(1, 1000), default=10, show_default=True, help="Events to show of TOPIC.")
@as_json
def topics(topic: str | None, last: int, as_json: bool) -> None:
    """List the platform's topics, or show the last events of one TOPIC, oldest first."""
    stack = Addresses.chosen()
    with _consumer(stack.need(KAFKA, stack.kafka)) as consumer:
        if topic is None:
            _list(consumer, as_json=as_json)
        else:
            _show(consumer, topic, last, as_json=as_json)


class _consumer:  # noqa: N801 - reads as a verb where it is used
    """A consumer of no group for as long as the block lasts. Raises NotRunning where no broker answers."""

    def __init__(self, bootstrap: str) -> None:
        from kafka import KafkaConsumer
        from kafka.errors import KafkaError

        try:
            self._consumer = KafkaConsumer(
                bootstrap_servers=bootstrap, enable_auto_commit=False, bootstrap_timeout_ms=PATIENCE_MS
            )
        except KafkaError as error:
            raise NotRunning(f"Kafka does not answer at {bootstrap}; see `nassij status`.") from error

    def __enter__(self) -> "KafkaConsumer":
        return self._consumer

    def __exit__(self, *_: object) -> None:
        self._consumer.close()


def _list(consumer: "KafkaConsumer", *, as_json: bool) -> None:
    present = consumer.topics()
    rows = [_describe(consumer, name) for name in sorted(present) if name.startswith("nassij.")]
    missing = [declared.name for declared in TOPICS if declared.name not in present]
    if as_json:
        print_json({"ok": not missing, "topics": rows, "missing": missing})
    else:
        print_table(("topic", "partitions", "events"), [tuple(row.values()) for row in rows])
    if missing:
        raise Refusal(f"Missing: {', '.join(missing)}; `nassij down` and `nassij up` make them.")


def _describe(consumer: "KafkaConsumer", name: str) -> dict[str, Any]:
    first, end = _ends(consumer, name)
    return {"topic": name, "partitions": len(end), "events": sum(end[p] - first[p] for p in end)}


def _ends(consumer: "KafkaConsumer", name: str) -> tuple[dict[Any, int], dict[Any, int]]:
    from kafka import TopicPartition

    partitions = [TopicPartition(name, number) for number in sorted(consumer.partitions_for_topic(name) or ())]
    return consumer.beginning_offsets(partitions), consumer.end_offsets(partitions)


def _show(consumer: "KafkaConsumer", topic: str, last: int, *, as_json: bool) -> None:
    if topic not in consumer.topics():
        raise Refusal(f"There is no topic {topic}; there are {', '.join(each.name for each in TOPICS)}.")
    newest = sorted(_read_last(consumer, topic, last), key=lambda record: record.timestamp)[-last:]
    events = [_event(record) for record in newest]
    if as_json:
        print_json({"topic": topic, "events": events})
        return
    columns = ("partition", "offset", "type", "key", "sequence", "data")
    print_table(
        columns, [[*(event[name] for name in columns[:-1]), json.dumps(event["data"], ensure_ascii=False)] for event in events]
    )


def _read_last(consumer: "KafkaConsumer", topic: str, last: int) -> "Iterator[ConsumerRecord]":
    """The last records of each partition, up to where it ended when this began."""
    first, end = _ends(consumer, topic)
    filled = [partition for partition in end if end[partition] > first[partition]]
    consumer.assign(filled)
    for partition in filled:
        consumer.seek(partition, max(first[partition], end[partition] - last))
    while any(consumer.position(partition) < end[partition] for partition in filled):
        found = consumer.poll(timeout_ms=PATIENCE_MS)
        if not found:
            raise NotRunning("Kafka stopped answering; see `nassij status`.")
        for records in found.values():
            yield from records


def _event(record: "ConsumerRecord") -> dict[str, Any]:
    """A record as an event: CloudEvents headers by their names, the value decoded."""
    headers = {name.removeprefix("ce_"): value.decode() for name, value in record.headers or ()}
    data = json.loads(record.value) if record.value else None
    key = record.key.decode() if record.key else None
    place = {"partition": record.partition, "offset": record.offset, "type": "", "key": key, "sequence": ""}
    return {**place, **headers, "data": data}
