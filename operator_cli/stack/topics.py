"""The topics of the platform and how they are made on the local broker.

`python -m operator_cli.stack.topics BOOTSTRAP` makes those that are missing, and gives all the settings that are declared.
"""

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from operator_cli.errors import Refusal
from operator_cli.stack.layout import SERVICES

if TYPE_CHECKING:
    from kafka import KafkaAdminClient

PARTITIONS = 6
"""Never changed for a topic that exists: keys would move and order would be lost. Growth is a new topic generation."""

DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True)
class Topic:
    """One topic as it should be."""

    name: str
    config: dict[str, str] = field(default_factory=dict)
    partitions: int = PARTITIONS


ENDLESS = {"retention.ms": "-1", "retention.bytes": "-1", "cleanup.policy": "delete"}
PERSONAL = {
    "cleanup.policy": "compact",
    # A tombstone must have erased what it names within days, also where nothing else is written.
    "max.compaction.lag.ms": str(DAY_MS),
    "delete.retention.ms": str(7 * DAY_MS),
}

TOPICS = (*(Topic(f"nassij.{service}", ENDLESS) for service in SERVICES), Topic("nassij.registry.personal", PERSONAL))


def ensure(bootstrap: str, topics: tuple[Topic, ...] = TOPICS) -> list[str]:
    """Make the topics that are missing, and answer their names; those that exist are given their declared settings.

    Raises Refusal when one exists with other partitions.
    """
    from kafka import KafkaAdminClient

    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        missing = _missing(admin, topics)
        if missing:
            admin.create_topics({topic.name: _definition(topic) for topic in missing}, wait_for_metadata=True)
        _set(admin, [topic for topic in topics if topic not in missing])
        return [topic.name for topic in missing]
    finally:
        admin.close()


def _missing(admin: "KafkaAdminClient", topics: tuple[Topic, ...]) -> list[Topic]:
    existing = set(admin.list_topics())
    present = [topic for topic in topics if topic.name in existing]
    found = {t["name"]: len(t["partitions"]) for t in admin.describe_topics([topic.name for topic in present])} if present else {}
    for topic in present:
        if found[topic.name] != topic.partitions:
            raise Refusal(
                f"Topic {topic.name} has {found[topic.name]} partitions, not {topic.partitions}; `nassij reset` starts anew."
            )
    return [topic for topic in topics if topic.name not in existing]


def _set(admin: "KafkaAdminClient", topics: list[Topic]) -> None:
    """Give topics the settings that are declared; others of theirs that are none of ours are left alone."""
    from kafka.admin import ConfigResource, ConfigResourceType

    if topics:
        admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic.name, dict(topic.config)) for topic in topics])


def _definition(topic: Topic) -> dict[str, Any]:
    return {"num_partitions": topic.partitions, "replication_factor": 1, "configs": topic.config}


if __name__ == "__main__":
    print("made:", ", ".join(ensure(sys.argv[1])) or "nothing, all were there")  # noqa: T201 - this is the task's log
