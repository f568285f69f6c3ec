"""A consumer group as seen from outside: whether anybody is in it, and where it goes on."""

import time
from collections.abc import Mapping
from typing import Self

from kafka import KafkaAdminClient, TopicPartition
from kafka.errors import NoError
from kafka.structs import OffsetAndMetadata

from chassis.consumer.log import LogAway
from chassis.replay.state import NotReplayable

LONGEST_SECONDS = 45.0
"""A static member that has gone is counted as one until its session ends, after 30 s."""


class Group:
    """A consumer group; a context manager that gives up its connection."""

    def __init__(self, bootstrap: str, name: str) -> None:
        self._name = name
        self._admin = KafkaAdminClient(bootstrap_servers=bootstrap.split(","))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._admin.close()

    def must_be_empty(self) -> None:
        """Wait until nobody is in the group. Raises NotReplayable when somebody stays."""
        deadline = time.monotonic() + LONGEST_SECONDS
        while members := self._members():
            if time.monotonic() > deadline:
                names = ", ".join(members)
                raise NotReplayable(f"{names} consumes as {self._name}: stop it first, a rebuild wants to be alone.")
            time.sleep(1)

    def move_to(self, positions: Mapping[TopicPartition, int]) -> None:
        """Let the group go on from here. Raises LogAway when the broker did not take it."""
        offsets = {partition: OffsetAndMetadata(offset, "", -1) for partition, offset in positions.items()}
        answers = self._admin.alter_group_offsets(self._name, offsets)
        refused = [f"{partition.topic}/{partition.partition}" for partition, error in answers.items() if error is not NoError]
        if refused:
            raise LogAway(f"the broker did not take the new place of {self._name} in {', '.join(refused)}")

    def _members(self) -> list[str]:
        found = self._admin.describe_groups([self._name])[self._name]
        return [member["group_instance_id"] or member["member_id"] for member in found["members"]]
