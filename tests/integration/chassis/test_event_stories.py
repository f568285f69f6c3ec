"""What a service tells of events, on the real store: those it recorded, and what became of those that it was sent."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chassis import clock
from chassis.consumer import deadletters
from chassis.consumer.engine import Engine
from chassis.consumer.ledger import StoreLedger
from chassis.context import Context, entered
from chassis.events import Received
from chassis.http import create_app
from chassis.ids import earliest_id, new_id
from chassis.intents import Retry
from chassis.scope import EVERYWHERE
from chassis.sender import Sender
from chassis.settings import Settings
from chassis.store.connection import Store
from chassis.testing.tokens import TestIssuer
from tests.integration.chassis.notebook.pages import commands
from tests.integration.chassis.notebook.service import service

Ask = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("notebook")


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    issuer = TestIssuer(tmp_path)
    settings = Settings(service="notebook", store_uri="mongodb://unused/unused")
    with create_app(service, settings, verifier=issuer.verifier()).test_client() as client:

        def call(method: str, path: str, body: Any = None, role: str = "service", **claims: Any) -> Any:
            return client.open(path, method=method, json=body, headers=issuer.header(role, **claims))

        yield call


@pytest.fixture
def engine() -> Engine:
    return Engine(StoreLedger("notebook"), service.reactor())


def recorded(correlation: str, *pages: str) -> None:
    with entered(Context(by="operator-7", scope=EVERYWHERE, correlation=correlation, causation="request-1")):
        for page in pages:
            commands.open_page(page)
            commands.turn(page)


def note(key: str, sequence: int, **data: object) -> Received:
    return Received(
        id=f"{key}-{sequence}",
        type="ma.nassij.registry.note.written.v1",
        source="/nassij/registry",
        key=f"note/{key}",
        sequence=sequence,
        time=clock.now(),
        region="03",
        value=msgspec.json.encode({"page": key, **data}),
    )


def place(event: Received, **other: object) -> dict[str, Any]:
    return {"type": event.type, "source": event.source, "key": event.key, "sequence": event.sequence, **other}


def became(ask: Ask, *events: Received, **other: object) -> list[dict[str, Any]]:
    answer = ask("POST", "/ops/consumed", {"events": [place(event, **other) for event in events]})
    assert answer.status_code == 200, answer.text
    return list(answer.json["items"])


def states(ask: Ask, *events: Received) -> list[str]:
    return [told["state"] for told in became(ask, *events)]


def publish(notebook: Store) -> None:
    notebook.database.outbox.update_many({}, {"$unset": {"pending": ""}})


def test_what_is_recorded_is_told_by_id_cause_and_key_without_what_it_says(ask: Ask, notebook: Store) -> None:
    cause = new_id()
    recorded(cause, "a", "b")
    recorded(new_id(), "c")
    found = ask("GET", f"/ops/events?correlation={cause}").json
    assert [(event["key"], event["pending"], event["causation"]) for event in found["items"]] == [
        ("page/a", True, "request-1"),
        ("page/b", True, "request-1"),
    ]
    assert found["complete"]
    assert ask("GET", f"/ops/events?id={found['items'][0]['id']}").json["items"][0]["key"] == "page/a"
    assert [event["sequence"] for event in ask("GET", "/ops/events?key=page/c").json["items"]] == [1]
    assert "value" not in found["items"][0]
    publish(notebook)
    assert [event["pending"] for event in ask("GET", f"/ops/events?correlation={cause}").json["items"]] == [False, False]


def long_ago(notebook: Store) -> None:
    """Make all that is recorded look as if it were a day older."""
    outbox = notebook.database.outbox
    for row in list(outbox.find()):
        before = earliest_id(datetime.now(UTC) - timedelta(days=1))
        outbox.delete_one({"_id": row["_id"]})
        outbox.insert_one({**row, "_id": before + row["_id"][len(before) :]})


def test_what_is_published_is_looked_for_as_far_back_as_asked_and_it_is_said_when_that_was_not_all(
    ask: Ask, notebook: Store
) -> None:
    recorded("by-hand", "a")
    publish(notebook)
    long_ago(notebook)
    recorded("by-hand", "b")
    publish(notebook)
    late, all_ = (ask("GET", f"/ops/events?correlation=by-hand{more}").json for more in ("", f"&seconds={14 * 86_400}"))
    assert ([event["key"] for event in late["items"]], late["complete"]) == (["page/b"], False)
    assert ([event["key"] for event in all_["items"]], all_["complete"]) == (["page/a", "page/b"], True)


def test_pending_ones_are_found_however_old_they_are(ask: Ask, notebook: Store) -> None:
    recorded("by-hand", "a", "b", "c")
    long_ago(notebook)
    assert len(ask("GET", "/ops/events?correlation=by-hand").json["items"]) == 3


def test_of_a_cause_that_we_named_of_late_nothing_older_can_be(ask: Ask) -> None:
    cause = new_id()
    recorded(cause, "x")
    assert ask("GET", f"/ops/events?correlation={cause}&seconds=100").json["complete"]


def test_an_effect_that_is_still_to_come_is_told_without_its_recipient(ask: Ask) -> None:
    recorded("by-hand", "a")
    with entered(Context(by="operator-7", scope=EVERYWHERE, correlation="by-hand", causation="event-1")):
        commands.post("a")
    commands.answers.append(Retry("refused"))
    sender = Sender(service.channels, threads=1)
    sender.round()
    sender.close()
    told = ask("GET", "/ops/events?correlation=by-hand").json["intents"]
    assert [(each["kind"], each["attempts"], each["reason"], each["causation"]) for each in told] == [
        ("letter", 1, "refused", "event-1")
    ]
    assert "recipient" not in told[0]


def test_what_an_intent_brought_about_has_as_its_cause_what_wanted_it(ask: Ask) -> None:
    recorded("by-hand", "a")
    with entered(Context(scope=EVERYWHERE, correlation="by-hand", causation="event-1")):
        commands.post("a")
    sender = Sender(service.channels, threads=1)
    sender.round()
    sender.close()
    assert [event["causation"] for event in ask("GET", "/ops/events?key=page/a").json["items"]] == ["request-1", "event-1"]


def test_what_was_applied_is_told_from_what_has_not_come(ask: Ask, engine: Engine) -> None:
    engine.process([note("a", 1)])
    assert states(ask, note("a", 1), note("a", 2), note("b", 1)) == ["applied", "not-arrived", "not-arrived"]
    assert became(ask, note("a", 1))[0]["reacts"]
    assert not became(ask, note("a", 1), type="ma.nassij.registry.note.lost.v1")[0]["reacts"]
    assert became(ask, note("a", 1), source="/nassij/training")[0]["state"] == "not-followed"


def test_what_waits_says_for_what(ask: Ask, engine: Engine) -> None:
    engine.process([note("gap", 2), note("early", 1, needs="z"), note("early", 2)])
    gap, first, second = became(ask, note("gap", 2), note("early", 1), note("early", 2))
    assert (gap["state"], gap["reason"], gap["awaits"]) == ("waiting", "gap", "/nassij/registry|note/gap")
    assert (first["state"], first["reason"], first["awaits"]) == ("waiting", "not-yet", "/nassij/registry|note/z")
    assert (second["state"], second["awaits"]) == ("waiting", "/nassij/registry|note/early")
    assert 0 <= first["since_seconds"] < 60


def test_a_dead_letter_is_named_and_those_behind_it_say_so(ask: Ask, engine: Engine) -> None:
    engine.process([note("a", 1, tear=True), note("a", 2)])
    dead, behind = became(ask, note("a", 1), note("a", 2))
    letter = deadletters.letter_id("notebook", note("a", 1))
    assert (dead["state"], dead["letter"], dead["error"]) == ("dead", letter, "KeyError")
    assert (behind["state"], behind["behind"]) == ("waiting", letter)
    with entered(Context(by="operator-7", scope=EVERYWHERE)):
        deadletters.discard(letter, "made by a test")
    assert states(ask, note("a", 1)) == ["discarded"]


@pytest.mark.parametrize("question", ["", "?id=a&key=b", "?correlation=$ne", "?id=a&seconds=-1", "?id=a&seconds=99999999"])
def test_a_question_that_is_none_is_refused(ask: Ask, question: str) -> None:
    assert ask("GET", f"/ops/events{question}").status_code == 422


@pytest.mark.parametrize("other", [{"sequence": 0}, {"sequence": 1.5}, {"key": {"$ne": ""}}, {"more": 1}])
def test_a_place_that_is_none_is_refused(ask: Ask, other: dict[str, object]) -> None:
    assert ask("POST", "/ops/consumed", {"events": [place(note("a", 1), **other)]}).status_code == 422
    assert ask("POST", "/ops/consumed", {"events": []}).status_code == 422


def test_only_who_may_read_operations_is_told(ask: Ask) -> None:
    body = {"events": [place(note("a", 1))]}
    for role, status in (("regional", 403), ("national", 200), ("auditor", 200)):
        claims = {"regions": ["03"]} if role == "regional" else {}
        assert ask("GET", "/ops/events?id=a", None, role, **claims).status_code == status
        assert ask("POST", "/ops/consumed", body, role, **claims).status_code == status
