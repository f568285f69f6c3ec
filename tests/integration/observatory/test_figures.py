"""The observatory's consumer and API on a real store."""

from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from chassis.consumer.engine import Engine
from chassis.consumer.ledger import StoreLedger
from chassis.events import Received
from chassis.http import create_app
from chassis.replay.ledger import ReplayLedger
from chassis.replay.state import clear, marks, projections, state_hash
from chassis.settings import Settings
from chassis.store.connection import Store
from chassis.testing.tokens import TestIssuer
from services.observatory.service import service
from tests.unit.observatory.told import programme, told

Get = Callable[..., Any]


@pytest.fixture
def get(tmp_path: Path) -> Iterator[Get]:
    issuer = TestIssuer(tmp_path)
    settings = Settings(service="observatory", store_uri="mongodb://unused/unused")
    with create_app(service, settings, verifier=issuer.verifier()).test_client() as client:

        def ask(address: str, role: str = "national", **claims: Any) -> Any:
            return _ask(client, address, issuer.header(role, **claims))

        yield ask


def _ask(client: FlaskClient, address: str, headers: Any) -> Any:
    answer = client.get(address, headers=headers)
    return answer.json if answer.status_code == 200 else answer.status_code


def events() -> list[Received]:
    """The programme's streams, one event of each in turn."""
    return [event for row in zip_longest(*programme()) for event in row if event is not None]


def apply(batches: list[list[Received]]) -> None:
    engine = Engine(StoreLedger("observatory"), service.reactor())
    for batch in batches:
        engine.process(batch)


def test_figures_are_told_by_province_within_ones_territory(service_store: Store, get: Get) -> None:
    apply([events()])
    whole = get("/v1/figures")
    assert [(item["region"], item["province"]) for item in whole["items"]] == [("01", "01.151"), ("03", "03.591")]
    assert (whole["total"]["associations_certified"], whole["total"]["certificates"]) == (1, 2)
    assert get("/v1/figures?region=03")["total"]["certificates"] == 0
    own = get("/v1/figures", role="regional", regions=["03"])
    assert [item["province"] for item in own["items"]] == ["03.591"]
    assert get("/v1/figures?region=01", role="regional", regions=["03"])["items"] == []
    assert get("/v1/figures", role="provincial", regions=["01"], provinces=["01.151"])["total"]["sessions"] == 1
    assert get("/v1/figures", role="partner", partner="ofppt") == 403


def test_what_came_in_one_batch_or_one_by_one_or_twice_is_the_same(service_store: Store) -> None:
    collections = projections(service)
    apply([events()])
    once = state_hash(service_store.database, collections)
    apply([events()])
    assert state_hash(service_store.database, collections) == once
    clear(service_store.database, collections)
    apply([[event] for event in reversed(events())])  # what lacks its first events waits for them
    assert state_hash(service_store.database, collections) == once


def test_a_replay_makes_the_same_and_leaves_the_same_marks(service_store: Store) -> None:
    collections = projections(service)
    apply([events()])
    living, lived = state_hash(service_store.database, collections), marks(service_store.database, "observatory")
    clear(service_store.database, collections)
    ledger = ReplayLedger("observatory")
    engine = Engine(ledger, service.reactor())
    late = events()[5:]
    for batch in (late, events()[:5]):
        engine.process(batch)
    assert marks(service_store.database, "observatory") == {}
    ledger.write()
    assert state_hash(service_store.database, collections) == living
    assert marks(service_store.database, "observatory") == lived


def test_a_malformed_event_dies_alone(service_store: Store, get: Get) -> None:
    bad = told("training.completion.recorded", "completion/bad", 1, association="a1")
    first, *rest = events()
    apply([[first, bad, *rest]])
    assert get("/v1/figures")["total"]["completions"] == 1
    assert service_store.database.deadletters.count_documents({}) == 1
    assert service_store.database.told.count_documents({"key": "completion/bad"}) == 0


def test_events_are_found_by_id_by_stream_and_by_cause(service_store: Store, get: Get) -> None:
    apply([events()])
    stream = get("/v1/events?key=session/s1&limit=4")
    assert [item["sequence"] for item in stream["items"]] == [1, 2, 3, 4]
    following = get(f"/v1/events?key=session/s1&after={stream['next']}")
    assert [item["sequence"] for item in following["items"]] == [5, 6, 7]
    (found,) = get("/v1/events?id=certificate/n2@1")["items"]
    assert found["refs"] == ["actor/p1", "association/a1", "session/s1"]
    assert get("/v1/events?correlation=none")["items"] == []
    assert len(get("/v1/events?limit=200")["items"]) == len(events())
    assert get("/v1/events?id=a&key=b") == 422
    assert get("/v1/events?key=session/s1", role="regional", regions=["01"]) == 403


def test_the_roll_out_shows_gates_on_evidence(service_store: Store, get: Get) -> None:
    title = {"fr": "Condition", "ar": "شرط"}
    gates = {
        "open": [
            {"code": "g1", "measure": "services_prepared", "needed": 2, "services": ["training", "x"], "title": title},
            {"code": "g2", "measure": "conventions_active", "needed": 1, "title": title},
            {"code": "g3", "measure": "associations_diagnosed", "needed": 1, "title": title},
        ]
    }
    targets = {"associations": 350, "actors": 1000, "trainers": 24, "phases": []}
    names, pack = {"fr": "Fès-Meknès", "ar": "فاس-مكناس"}, {"name": "p", "version": "1"}
    apply(
        [
            events(),
            [
                told("registry.pack.published", "pack/p@1", 1, (None, None), gates=gates, targets=targets, title=names),
                told("registry.convention.signed", "convention/c", 1, regions=["03"], starts="2000-01-01", ends="2190-01-01"),
                told("registry.region.planned", "region/03", 1, names=names, population=1),
                told("registry.region.joined", "region/03", 2, names=names, pack=pack, on="2026-03-02"),
                told("training.preparation.completed", "preparation/03", 1, region="03"),
                told("registry.region.planned", "region/01", 1, ("01", None), names=names, population=1),
            ],
        ]
    )
    planned, joined = get("/v1/rollout")["items"]
    assert (planned["state"], planned["gates"], planned["targets"]) == ("planned", [], None)
    assert (joined["state"], joined["joined_on"], joined["targets"]["trainers"]) == ("preparing", "2026-03-02", 24)
    found = [(gate["code"], gate["found"], gate["holds"]) for gate in joined["gates"]]
    assert found == [("g1", 1, False), ("g2", 1, True), ("g3", 1, True)]
    assert joined["funnel"][0] == {"step": "associations", "count": 1}
    assert [item["region"] for item in get("/v1/rollout", role="regional", regions=["03"])["items"]] == ["03"]


def test_nothing_personal_and_no_moment_of_the_clock_is_kept(service_store: Store) -> None:
    apply([events()])
    assert "nassij.registry.personal" not in service.topics
    kept = {name for collection in projections(service) for row in service_store.database[collection].find() for name in row}
    assert not kept & {"at", "updated", "now", "created"}
