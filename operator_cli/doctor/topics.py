"""Whether the topics are there as operator_cli/stack/topics.py declares them, with as many copies as there are brokers for."""

from collections.abc import Iterator, Mapping

from operator_cli.addresses import KAFKA
from operator_cli.doctor.broker import TopicSeen
from operator_cli.doctor.finding import Finding, Unreachable, fail, fine, or_fine, warn
from operator_cli.doctor.sight import Sight
from operator_cli.stack.topics import TOPICS, Topic

CHECK = "topics"
COPIES = 3
"""What a topic has where there are brokers enough: one may be away, another break meanwhile, and nothing is lost."""
SETTINGS = sorted({name for topic in TOPICS for name in topic.config})


def check(sight: Sight) -> Iterator[Finding]:
    """Topics, partitions, copies and settings."""
    try:
        broker = sight.broker()
    except Unreachable as why:
        advice = "nassij logs kafka -n 50" if sight.here else f"see whether {KAFKA} is right, and whether the brokers run"
        yield fail(CHECK, "kafka", f"{why}.", advice)
        return
    seen = broker.topics([topic.name for topic in TOPICS], SETTINGS)
    size = broker.size()
    mend = f"python -m operator_cli.stack.topics {sight.addresses.kafka if sight.addresses else 'BOOTSTRAP'}"
    found = [finding for topic in TOPICS for finding in _of(topic, seen.get(topic.name), size, mend)]
    yield from or_fine(found, CHECK, "kafka", f"All {len(TOPICS)} topics are as declared, on {_brokers(size)}.")
    if size < COPIES and not found:
        yield fine(CHECK, "kafka", f"{_brokers(size)} can hold {_copies(seen)} of each record: enough for trying things out.")


def _of(topic: Topic, seen: TopicSeen | None, brokers: int, mend: str) -> Iterator[Finding]:
    if seen is None:
        yield fail(CHECK, topic.name, f"The topic {topic.name} is missing.", mend)
        return
    if seen.partitions != topic.partitions:
        found = f"{topic.name} has {seen.partitions} partitions, not {topic.partitions}: keys have moved and order is lost."
        yield fail(CHECK, topic.name, found, "never change partitions; nassij reset starts a local stack anew")
    wanted = min(COPIES, brokers)
    if seen.copies < wanted:
        found = f"{topic.name} has {seen.copies} of each record although {_brokers(brokers)} could hold {wanted}."
        yield warn(CHECK, topic.name, found, f"kafka-reassign-partitions.sh gives {topic.name} a replication factor of {wanted}")
    if seen.behind:
        found = f"{seen.behind} partitions of {topic.name} have a copy that lags behind or is away."
        yield fail(CHECK, topic.name, found, "look at the brokers: nassij status, nassij logs kafka -n 50")
    yield from _settings(topic, seen, mend)


def _settings(topic: Topic, seen: TopicSeen, mend: str) -> Iterator[Finding]:
    for name, value in topic.config.items():
        found = seen.config.get(name)
        if found != value:
            told = "is not told" if found is None else f"is {found}"
            yield fail(
                CHECK, topic.name, f"{name} of {topic.name} {told}, not {value}: events may be lost or kept too long.", mend
            )


def _brokers(size: int) -> str:
    return "1 broker" if size == 1 else f"{size} brokers"


def _copies(seen: Mapping[str, TopicSeen]) -> str:
    fewest = min((topic.copies for topic in seen.values()), default=0)
    return "1 copy" if fewest == 1 else f"{fewest} copies"
