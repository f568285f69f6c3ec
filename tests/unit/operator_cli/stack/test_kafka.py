from pathlib import Path

from operator_cli.stack.kafka import server_properties
from operator_cli.stack.layout import Layout
from operator_cli.stack.ports import Ports


def settings() -> dict[str, str]:
    text = server_properties(Layout(Path("/srv/stack")), Ports.from_base(20000))
    return dict(line.split("=", 1) for line in text.splitlines())


def test_the_broker_listens_on_loopback_only() -> None:
    assert settings()["listeners"] == "PLAINTEXT://127.0.0.1:20000,CONTROLLER://127.0.0.1:20001"
    assert settings()["advertised.listeners"] == "PLAINTEXT://127.0.0.1:20000"


def test_a_misspelt_topic_is_an_error() -> None:
    assert settings()["auto.create.topics.enable"] == "false"


def test_its_own_topics_live_with_a_single_copy() -> None:
    copies = {name: value for name, value in settings().items() if name.endswith("replication.factor")}
    assert len(copies) == 3
    assert set(copies.values()) == {"1"}
