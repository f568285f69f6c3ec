"""What goes on while the broker or the store is away, and what comes of it afterwards."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from chassis.ids import new_id
from operator_cli.stack.layout import SERVICES
from operator_cli.stack.local import LocalStack
from tests.e2e.api import Api, is_problem
from tests.e2e.kafka import Kafka
from tests.e2e.programme import REGION, Programme, person, settle, until

pytestmark = pytest.mark.usefixtures("programme")


@contextmanager
def away(stack: LocalStack, process: str) -> Iterator[None]:
    """One process is held back for as long as the block lasts."""
    stack.hold(process)
    try:
        yield
    finally:
        stack.release(process)


def newcomer(programme: Programme, number: int) -> dict[str, Any]:
    somebody = person(f"Nadia Berrada {number}", number)
    mail = somebody.pop("email")
    return {"association": programme.association, "office": "member", "mail": mail, **somebody}


def register(api: Api, programme: Programme, number: int, key: str | None = None) -> httpx.Response:
    """Somebody takes an office; known people, who have their own phone, are recorded once."""
    headers = {"Idempotency-Key": key or new_id()}
    return api.send("POST", "registry", "/v1/actors", by="regional", json=newcomer(programme, number), headers=headers)


def events_of(kafka: Kafka, ids: list[str]) -> list[int]:
    """How often each of these actors' registration lies on the topic."""
    found = kafka.events()
    return [found["ma.nassij.registry.actor.registered.v1", f"actor/{actor}"] for actor in ids]


def test_http_goes_on_without_the_broker_and_the_outbox_drains_afterwards(
    api: Api, kafka: Kafka, stack: LocalStack, programme: Programme
) -> None:
    settle(api)
    with away(stack, "kafka"):
        answers = [register(api, programme, number) for number in range(20, 30)]
        assert [answer.status_code for answer in answers] == [201] * 10
        assert max(answer.elapsed.total_seconds() for answer in answers) < 2
        for service in SERVICES:
            assert api.send("GET", service, "/readyz", by=None).json()["status"] == "ready"
            assert api.background(service, "/readyz").json()["checks"]["store"] == "ok"
        # Each registration is told twice: without the person, and on the personal topic.
        assert api.get("registry", "/ops/outbox")["pending"] == 20
        until(lambda: "broker" in pauses(api, "training"), "a consumer that waits for the broker")
        assert dead_letters(api) == 0
    settle(api)
    ids = [answer.json()["id"] for answer in answers]
    assert events_of(kafka, ids) == [1] * 10
    for reader in ("training", "certification", "notifications"):
        reached = [api.get(reader, f"/ops/watermarks/registry/actor/{actor}")["sequence"] for actor in ids]
        assert reached == [1] * 10
    assert dead_letters(api) == 0
    assert all(api.background(service, "/readyz").status_code == 200 for service in SERVICES)


def test_without_the_store_http_says_when_to_try_again_and_nothing_acts_twice(
    api: Api, kafka: Kafka, stack: LocalStack, programme: Programme
) -> None:
    key = new_id()
    with away(stack, "store"):
        with ThreadPoolExecutor(2) as at_once:
            writing = at_once.submit(register, api, programme, 40, key)
            reading = at_once.submit(api.send, "GET", "registry", "/v1/associations")
        for answer in (writing.result(), reading.result()):
            assert is_problem(answer, 503), answer.text
            assert int(answer.headers["Retry-After"]) >= 1
            assert answer.elapsed.total_seconds() < 15
        assert api.send("GET", "registry", "/readyz", by=None).status_code == 503
        assert api.send("GET", "registry", "/livez", by=None).status_code == 200
        # What asks the store for nothing is answered as ever.
        assert is_problem(api.send("GET", "registry", "/v1/associations", by=None), 401)
        assert is_problem(api.send("GET", "registry", "/v1/associations", by="partner"), 403)
    done = until(lambda: (again := register(api, programme, 40, key)).is_success and again, "the same request taken")
    assert register(api, programme, 40, key).json() == done.json()
    settle(api)
    assert events_of(kafka, [done.json()["id"]]) == [1]
    assert dead_letters(api) == 0


def test_a_store_that_is_killed_in_the_middle_of_requests_loses_and_doubles_nothing(
    api: Api, kafka: Kafka, stack: LocalStack, programme: Programme
) -> None:
    settle(api)
    sent: dict[int, list[httpx.Response]] = {}
    with repeatedly(lambda: stack.kill("store"), times=2):
        for number in range(50, 80):
            key = new_id()
            sent[number] = []
            until(lambda n=number, k=key: _take(sent[n], register(api, programme, n, k)), f"request {number} taken")
    refusals = [answer for answers in sent.values() for answer in answers[:-1]]
    assert all(is_problem(answer, 503) and "Retry-After" in answer.headers for answer in refusals)
    settle(api)
    ids = [answers[-1].json()["id"] for answers in sent.values()]
    assert len(set(ids)) == len(ids)
    listed = api.get("registry", "/v1/actors", association=programme.association, region=REGION, limit=200)["items"]
    assert sorted(found["id"] for found in listed if found["id"] in ids) == sorted(ids)
    assert len([found for found in listed if "Berrada" in found["names"]["fr"]]) == len({found["id"] for found in listed}) - 2
    # On the wire an event may come twice; in each service it counts once.
    assert min(events_of(kafka, ids)) >= 1
    assert [api.get("training", f"/ops/watermarks/registry/actor/{actor}")["sequence"] for actor in ids] == [1] * len(ids)
    assert dead_letters(api) == 0


@contextmanager
def repeatedly(act: Callable[[], object], times: int, every: float = 0.8) -> Iterator[None]:
    """Something is done again and again beside the block, which is not left before it was done so often."""

    def go() -> None:
        for _ in range(times):
            time.sleep(every)
            act()

    thread = threading.Thread(target=go)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _take(answers: list[httpx.Response], answer: httpx.Response) -> bool:
    answers.append(answer)
    return answer.is_success


def pauses(api: Api, service: str) -> str:
    """What a service's consumer says of why it waits."""
    text = api.background(service, "/metrics").text
    return "".join(line for line in text.splitlines() if line.startswith("nassij_consumer_pauses_total{"))


def dead_letters(api: Api) -> int:
    return sum(api.status(service)["consumer"]["dead_letters"] for service in SERVICES)
