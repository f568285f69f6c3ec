from dataclasses import replace
from pathlib import Path

import pytest

from operator_cli.doctor import topics
from operator_cli.doctor.broker import Broker, TopicSeen
from operator_cli.doctor.finding import FAIL, OK, WARN, Unreachable
from tests.unit.operator_cli.doctor.fakes import FakeSight, bad, severities

MEND = "python -m operator_cli.stack.topics 127.0.0.1:26000"
REGISTRY, PERSONAL = "nassij.registry", "nassij.registry.personal"


@pytest.fixture
def sight(tmp_path: Path) -> FakeSight:
    return FakeSight(tmp_path)


def change(sight: FakeSight, topic: str, **changes: object) -> None:
    sight.kafka.seen[topic] = replace(sight.kafka.seen[topic], **changes)


def test_topics_as_they_are_declared_are_fine(sight: FakeSight) -> None:
    assert set(severities(topics.check(sight))) == {OK}


def test_a_missing_topic_is_named_with_the_command_that_makes_it(sight: FakeSight) -> None:
    del sight.kafka.seen[REGISTRY]
    (found,) = bad(topics.check(sight))
    assert (found.where, found.severity, found.advice) == (REGISTRY, FAIL, MEND)


def test_other_partitions_than_declared_are_a_fault(sight: FakeSight) -> None:
    change(sight, REGISTRY, partitions=12)
    (found,) = bad(topics.check(sight))
    assert "12 partitions, not 6" in found.found


@pytest.mark.parametrize(
    ("topic", "setting", "value"),
    [(REGISTRY, "retention.ms", "604800000"), (REGISTRY, "retention.bytes", "1000"), (PERSONAL, "cleanup.policy", "delete")],
)
def test_a_setting_that_was_changed_is_named_with_the_command_that_mends_it(
    sight: FakeSight, topic: str, setting: str, value: str
) -> None:
    change(sight, topic, config={**sight.kafka.seen[topic].config, setting: value})
    (found,) = bad(topics.check(sight))
    assert (found.where, found.severity, found.advice) == (topic, FAIL, MEND)
    assert f"{setting} of {topic} is {value}" in found.found


def test_one_copy_is_enough_on_one_broker_and_too_few_on_three(sight: FakeSight) -> None:
    assert bad(topics.check(sight)) == []
    sight.kafka.brokers = 3
    assert {(found.severity, "1 of each record" in found.found) for found in bad(topics.check(sight))} == {(WARN, True)}
    sight.kafka.seen = {name: replace(seen, copies=3) for name, seen in sight.kafka.seen.items()}
    assert bad(topics.check(sight)) == []


def test_a_copy_that_lags_behind_is_a_fault(sight: FakeSight) -> None:
    change(sight, REGISTRY, behind=2)
    (found,) = bad(topics.check(sight))
    assert found.found.startswith("2 partitions of nassij.registry")


def test_a_topic_without_any_of_its_settings_is_told_so(sight: FakeSight) -> None:
    sight.kafka.seen[PERSONAL] = TopicSeen(6, 1)
    assert all("is not told" in found.found for found in bad(topics.check(sight)))


def test_brokers_that_do_not_answer_are_a_fault_wherever_they_run(tmp_path: Path) -> None:
    class Silent(FakeSight):
        def broker(self) -> Broker:
            raise Unreachable("Kafka does not answer at kafka:9092")

    for here, advice in ((True, "nassij logs kafka"), (False, "NASSIJ_KAFKA")):
        (found,) = bad(topics.check(Silent(tmp_path, here=here)))
        assert (found.severity, advice in found.advice) == (FAIL, True)
