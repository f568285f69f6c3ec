"""What a process tells of how it is made, on the real store."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chassis.events import type_of
from chassis.http import create_app
from chassis.settings import Settings
from chassis.store.connection import Store
from chassis.testing.tokens import TestIssuer
from tests.integration.chassis.notebook.pages.events import PageTurned
from tests.integration.chassis.notebook.service import service

URI = "mongodb://notebook:open-sesame@db.example/nassij_notebook"
KEY_SECRET = "never-to-be-shown-to-anybody-at-all"
Ask = Callable[..., Any]


@pytest.fixture
def ask(notebook: Store, tmp_path: Path) -> Iterator[Ask]:
    issuer = TestIssuer(tmp_path)
    settings = Settings(
        service="notebook", store_uri=URI, key_secret=KEY_SECRET, jwks="https://issuer:pass/word@example.org/jwks"
    )
    with create_app(service, settings, verifier=issuer.verifier()).test_client() as client:
        yield lambda path, role="service", **claims: client.get(path, headers=issuer.header(role, **claims))


def test_after_a_migration_every_declared_index_is_there_and_none_more(ask: Ask) -> None:
    collections = ask("/ops/indexes").json["collections"]
    assert {"outbox", "watermarks", "pages"} <= {each["collection"] for each in collections}
    wrong = [each for each in collections if not each["exists"] or each["missing"] or each["surplus"] or each["different"]]
    assert wrong == []


def test_a_missing_a_surplus_and_a_changed_index_and_a_missing_collection_are_told(ask: Ask, notebook: Store) -> None:
    database = notebook.database
    database.intents.drop_index("state_1_due_1")
    database.waiting.create_index("once_needed")
    database.deadlines.drop_index("due_1")
    database.deadlines.create_index("due", name="due_1", unique=True)
    database.leases.drop()
    found = {each["collection"]: each for each in ask("/ops/indexes").json["collections"]}
    assert found["intents"]["missing"] == ["state_1_due_1"]
    assert found["waiting"]["surplus"] == ["once_needed_1"]
    assert found["deadlines"]["different"] == ["due_1"]
    assert found["leases"]["exists"] is False


def test_contracts_are_told_by_type_and_fingerprint(ask: Ask) -> None:
    told = ask("/ops/contracts").json
    published = {each["type"]: each for each in told["publishes"]}
    assert published[type_of(PageTurned).name]["topic"] == "nassij.notebook"
    assert all(len(each["fingerprint"]) == 16 for each in told["publishes"])
    assert told["topics"] == service.topics


def test_clocks_are_told_with_the_store_s(ask: Ask) -> None:
    told = ask("/ops/clock").json
    now = datetime.now(UTC)
    assert all(abs(now - datetime.fromisoformat(told[clock])) < timedelta(seconds=5) for clock in ("machine", "clock", "store"))


def test_settings_are_told_without_a_secret(ask: Ask) -> None:
    answer = ask("/ops/process")
    assert answer.json["settings"]["store_uri"] == answer.json["settings"]["key_secret"] == "given"
    assert answer.json["settings"]["jwks"] == "https://…@example.org/jwks"
    assert not any(secret in answer.text for secret in ("open-sesame", KEY_SECRET, "pass/word"))


def test_streams_that_wait_are_told_the_longest_first(ask: Ask, notebook: Store) -> None:
    now = datetime.now(UTC)
    for number in range(25):
        since = now - timedelta(minutes=number)
        row = {"_id": f"w{number}", "source": "/nassij/registry", "key": f"region/{number:02}", "sequence": 1}
        notebook.database.watermarks.insert_one({**row, "halted": True, "blocked": "gap", "since": since})
    told = ask("/ops/waiting").json
    assert told["streams"] == 25
    assert [each["key"] for each in told["longest"]] == [f"region/{number:02}" for number in range(24, 4, -1)]


@pytest.mark.parametrize("path", ["clock", "process", "waiting", "contracts", "indexes"])
def test_only_who_may_read_operations_is_told(ask: Ask, path: str) -> None:
    assert ask(f"/ops/{path}", "regional", regions=["03"]).status_code == 403
    assert ask(f"/ops/{path}", "national").status_code == 200
