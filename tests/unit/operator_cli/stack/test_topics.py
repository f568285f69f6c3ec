from operator_cli.stack.topics import TOPICS


def test_only_the_personal_topic_forgets() -> None:
    assert [topic.name for topic in TOPICS if topic.config["cleanup.policy"] == "compact"] == ["nassij.registry.personal"]


def test_events_are_kept_without_end() -> None:
    kept = {topic.name: topic.config.get("retention.ms") for topic in TOPICS if topic.config["cleanup.policy"] == "delete"}
    assert set(kept.values()) == {"-1"}


def test_an_erasure_takes_effect_within_the_ten_days_that_the_law_gives() -> None:
    days = 24 * 60 * 60 * 1000
    personal = next(topic for topic in TOPICS if topic.name.endswith(".personal"))
    assert int(personal.config["max.compaction.lag.ms"]) < 10 * days
