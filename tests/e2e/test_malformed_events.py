"""What no publisher of ours would write, and what comes twice or in the wrong order."""

import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from operator_cli.stack.environment import service_environment
from operator_cli.stack.layout import ROOT
from tests.e2e.api import Api
from tests.e2e.command import Operator
from tests.e2e.kafka import Kafka, record
from tests.e2e.programme import COMMUNE, MODULE, PROVINCE, REGION, Programme, settle, until

REGISTRY, TRAINING = "nassij.registry", "nassij.training"
REGISTERED = "ma.nassij.registry.actor.registered.v1"
MANDATE_GIVEN = "ma.nassij.registry.actor.mandate-given.v1"
PLANNED = "ma.nassij.training.session.planned.v1"
ENROLLED = "ma.nassij.training.session.enrolled.v1"
WAITLISTED = "ma.nassij.training.session.waitlisted.v1"
READERS_OF_REGISTRY = ("training", "certification", "notifications", "observatory")
pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def operator(api: Api) -> Iterator[Operator]:
    """An operator who leaves no dead letter behind."""
    operator = Operator(api.stack)
    assert operator.dead_letters() == []
    yield operator
    settle(api)  # a slower reader may not have met yet what the quicker ones buried
    operator.discard_all()
    settle(api)


def actor(key: str) -> dict[str, Any]:
    return {
        "actor": key.partition("/")[2],
        "association": "nobody-knows",
        "office": "member",
        "region": REGION,
        "province": PROVINCE,
        "language": "fr",
    }


def altered(event: dict[str, Any], **changes: bytes) -> dict[str, Any]:
    """The event with other headers."""
    headers = [(name, changes.get(name.removeprefix("ce_"), value)) for name, value in event["headers"]]
    return {**event, "headers": headers}


def mandate(key: str) -> dict[str, Any]:
    return {"actor": key.partition("/")[2], "association": "nobody-knows", "office": "member", "starts": "2026-01-01"}


def reached(api: Api, service: str, key: str, source: str = "registry") -> int:
    """The last event of a key that a service applied."""
    return int(api.get(service, f"/ops/watermarks/{source}/{key}")["sequence"])


def new_key(subject: str) -> str:
    return f"{subject}/{uuid.uuid4()}"


def test_records_that_are_no_events_become_dead_letters_with_their_cause(api: Api, kafka: Kafka, operator: Operator) -> None:
    unordered = altered(record(REGISTERED, new_key("actor"), 1, {}), sequence=b"many")
    backwards = record(REGISTERED, new_key("actor"), -3, {})
    kafka.put(REGISTRY, {"value": b"neither headers nor key"}, unordered, backwards)
    found = until(lambda: len(letters := operator.dead_letters()) == 3 * len(READERS_OF_REGISTRY) and letters, "all of them")
    for service in READERS_OF_REGISTRY:
        causes = sorted(letter["cause"] for letter in found if letter["service"] == service)
        assert [cause.partition(":")[0] for cause in causes] == ["Malformed"] * 3
        assert any("no ce_id header" in cause for cause in causes)
        assert any("many" in cause for cause in causes)
        assert any("ce_sequence -3" in cause for cause in causes)
    assert all(api.background(service, "/readyz").status_code == 200 for service in READERS_OF_REGISTRY)


def test_an_event_that_no_store_could_keep_holds_up_nobody(api: Api, kafka: Kafka, operator: Operator) -> None:
    poisoned = [
        record(REGISTERED, new_key("actor"), 10**30, {}),
        altered(record(REGISTERED, new_key("actor"), 1, {}), time=b"0001-01-01T00:00:00+14:00"),
        record(REGISTERED, "actor/a\x00b", 2, {}),
        record(REGISTERED, "actor/" + "k" * 100_000, 2, {}),
        altered(record(REGISTERED, new_key("actor"), 1, {}), id=b"\xff" * 1_000),
    ]
    # One after each of them in every partition: a consumer that stumbles does not get there.
    others = [new_key("actor") for _ in range(30)]
    kafka.put(REGISTRY, *poisoned, *(record(REGISTERED, other, 1, actor(other)) for other in others))
    for service in READERS_OF_REGISTRY:
        until(lambda reader=service: all(reached(api, reader, other) == 1 for other in others), f"all others in {service}")
    assert {letter["cause"].partition(":")[0] for letter in operator.dead_letters()} == {"Malformed"}
    assert len(operator.dead_letters()) == len(poisoned) * len(READERS_OF_REGISTRY)


def test_data_of_another_shape_are_laid_to_their_event(api: Api, kafka: Kafka, operator: Operator) -> None:
    shapes: list[Any] = [
        [],
        None,
        "text",
        {},
        {"association": {"$ne": None}, "region": REGION, "province": PROVINCE},
        {**actor("a/b"), "region": "07"},
    ]
    keys = [new_key("actor") for _ in shapes]
    kafka.put(REGISTRY, *(record(REGISTERED, key, 1, shape) for key, shape in zip(keys, shapes, strict=True)))
    dead = until(lambda: len(letters := operator.dead_letters("--in", "training")) == len(shapes) and letters, "all of them")
    assert {letter["key"] for letter in dead} == set(keys)


def test_a_dead_letter_holds_its_key_and_no_other_until_somebody_decides(api: Api, kafka: Kafka, operator: Operator) -> None:
    key, other = new_key("actor"), new_key("actor")
    broken = record(REGISTERED, key, 1, b'{"actor": ')
    kafka.put(REGISTRY, broken, record(MANDATE_GIVEN, key, 2, mandate(key)), record(REGISTERED, other, 1, actor(other)))
    in_training = ("--in", "training")
    (letter,) = until(lambda: operator.dead_letters(*in_training), "a dead letter")
    assert (letter["service"], letter["type"], letter["key"], letter["sequence"]) == ("training", REGISTERED, key, 1)
    assert letter["cause"].startswith("DecodeError")
    until(lambda: reached(api, "training", other) == 1, "the other key going on")
    assert reached(api, "training", key) == 0
    assert [reached(api, reader, key) for reader in ("certification", "notifications")] == [2, 2]

    assert operator.nassij("deadletters", "show", letter["id"], *in_training)[1]["waiting_behind"] == 1
    assert operator.nassij("deadletters", "retry", letter["id"], *in_training)[0] == 0
    (again,) = until(lambda: [found for found in operator.dead_letters(*in_training) if found["deaths"] == 2], "its second death")
    assert reached(api, "training", key) == 0

    reason = ("--reason", "cut off by a test")
    assert operator.nassij("deadletters", "discard", again["id"], *in_training, *reason)[0] == 0
    until(lambda: reached(api, "training", key) == 2, "what waited behind it")
    assert operator.nassij("deadletters", "discard", again["id"], *in_training, *reason)[0] == 1
    shown = operator.nassij("deadletters", "show", letter["id"], *in_training)[1]
    assert [(decided["decision"], decided["by"]) for decided in shown["history"]] == [
        ("retried", "local-operator"),
        ("discarded", "local-operator"),
    ]


def test_a_retry_after_the_cause_has_gone_restores_the_order(
    api: Api, kafka: Kafka, operator: Operator, programme: Programme
) -> None:
    key = new_key("session")
    places = [record(kind, key, number, {"person": programme.learner}) for number, kind in enumerate((ENROLLED, WAITLISTED), 1)]
    kafka.put(TRAINING, *places)
    (letter,) = until(operator.dead_letters, "a dead letter")
    assert (letter["service"], letter["key"]) == ("notifications", key)
    assert letter["cause"].startswith("NotFound")
    assert told(api, places) == []

    elsewhere = record(PLANNED, key, 1, session(), source="/nassij/elsewhere")
    kafka.put(TRAINING, elsewhere)
    until(lambda: reached(api, "notifications", key, "elsewhere") == 1, "the session that it speaks of")
    assert operator.nassij("deadletters", "retry", letter["id"], "--in", "notifications")[0] == 0
    until(lambda: reached(api, "notifications", key, "training") == 2, "both events")
    assert told(api, places) == ["session-enrolled", "session-waitlisted"]
    assert operator.dead_letters() == []


def session() -> dict[str, Any]:
    return {"module": MODULE, "starts": "2026-12-01T09:00:00Z", "commune": COMMUNE, "capacity": 20}


def told(api: Api, events: list[dict[str, Any]]) -> list[str]:
    """By which templates somebody was told of these events, in the order in which it was written."""
    causes = [dict(event["headers"])["ce_id"].decode() for event in events]
    found = [message for message in api.get("notifications", "/v1/messages", limit=200)["items"] if message["cause"] in causes]
    return [message["template"] for message in sorted(found, key=lambda message: str(message["written_at"]))]


def test_events_in_the_wrong_order_and_twice_are_applied_once_in_order(api: Api, kafka: Kafka, programme: Programme) -> None:
    key = new_key("session")
    planned = record(PLANNED, key, 1, session())
    enrolled = record(ENROLLED, key, 2, {"person": programme.learner})
    waitlisted = record(WAITLISTED, key, 3, {"person": programme.learner})
    kafka.put(TRAINING, waitlisted, enrolled)
    until(lambda: api.status("notifications")["consumer"]["waiting_keys"] == 1, "a key that waits")
    assert (reached(api, "notifications", key, "training"), told(api, [enrolled, waitlisted])) == (0, [])

    kafka.put(TRAINING, planned, planned, enrolled, waitlisted, planned)
    until(lambda: reached(api, "notifications", key, "training") == 3, "all three")
    settle(api)
    assert told(api, [enrolled, waitlisted]) == ["session-enrolled", "session-waitlisted"]
    assert api.status("notifications")["consumer"]["waiting_keys"] == 0
    sent = {message["id"] for message in api.get("notifications", "/v1/messages", limit=200, state="sent")["items"]}
    assert api.mails() == {"received": len(sent), "distinct": len(sent), "repeated": 0}


def test_many_dead_letters_at_once_stop_the_consumer_and_its_readiness_says_so(
    api: Api, kafka: Kafka, operator: Operator
) -> None:
    broken = [record(PLANNED, new_key("session"), 1, b"not JSON") for _ in range(4)]
    with timid_consumer(api, "notifications", limit=3):
        kafka.put(TRAINING, *broken)
        until(lambda: api.background("notifications", "/readyz").status_code == 503, "a consumer that says it has stopped")
        assert api.background("notifications", "/readyz").json()["checks"] == {"store": "ok", "consumer": "RuntimeError"}
        status = api.status("notifications")["consumer"]
        assert status["state"] == "stopped"
        assert status["dead_letters"] <= 3
        assert "look at the log" in status["reason"]
    # The usual limit bears as many: then they are judged one by one, and nothing was lost meanwhile.
    in_notifications = ("--in", "notifications")
    assert until(lambda: len(operator.dead_letters(*in_notifications)) == len(broken), "as many dead letters")


@contextmanager
def timid_consumer(api: Api, service: str, *, limit: int) -> Iterator[None]:
    """The background process of a service, started by hand with a limit of its own in place of the supervisor's."""
    stack, name = api.stack, f"{service}-background"
    env = service_environment(stack.layout, stack.ports, service, "background") | {"NASSIJ_DEAD_LETTER_LIMIT": str(limit)}
    stack.hold(name)
    with stack.layout.log(name).open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "chassis.run", service, "background"], env=env, cwd=ROOT, stderr=log, stdout=log
        )
    try:
        until(lambda: answers(api, service), f"{name} by hand")
        yield
    finally:
        process.terminate()
        process.wait(20)
        stack.release(name)


def answers(api: Api, service: str) -> bool:
    try:
        return api.background(service, "/livez").is_success
    except httpx.TransportError:
        return False
