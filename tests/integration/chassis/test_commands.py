"""A command happens once and wholly, on the real store."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from chassis.context import Context, entered
from chassis.problems import Forbidden, Invalid, NotFound, PreconditionFailed, RuleBroken
from chassis.queries import get
from chassis.scope import EVERYWHERE, of_region
from chassis.store.connection import Store
from tests.integration.chassis.notebook.pages import commands
from tests.integration.chassis.notebook.pages.model import MOST, Page

pytestmark = pytest.mark.usefixtures("notebook", "everywhere")


def outbox(store: Store) -> list[tuple[str, int]]:
    return [(row["key"], row["sequence"]) for row in store.database.outbox.find().sort("_id", 1)]


def test_a_document_and_its_events_are_written_together(notebook: Store) -> None:
    commands.open_page("1")
    page = commands.turn("1")
    assert (page.turns, page.version, page.sequence) == (1, 2, 1)
    assert outbox(notebook) == [("page/1", 1)]


def test_a_broken_rule_leaves_nothing_behind(notebook: Store) -> None:
    commands.open_page("1")
    notebook.database.pages.update_one({"_id": "1"}, {"$set": {"turns": MOST}})
    with pytest.raises(RuleBroken):
        commands.turn("1")
    assert outbox(notebook) == []


def test_the_same_idempotency_key_acts_once_and_answers_the_same(notebook: Store, everywhere: Context) -> None:
    commands.open_page("1")
    with entered(replace(everywhere, idempotency_key="k", fingerprint="f")):
        first, again = commands.turn("1"), commands.turn("1")
    assert first.turns == again.turns == 1
    assert outbox(notebook) == [("page/1", 1)]


def test_the_same_idempotency_key_for_another_request_is_refused(everywhere: Context) -> None:
    with entered(replace(everywhere, idempotency_key="k", fingerprint="f")):
        commands.open_page("1")
    with entered(replace(everywhere, idempotency_key="k", fingerprint="other")), pytest.raises(Invalid):
        commands.open_page("2")


def test_two_at_once_with_the_same_key_act_once(notebook: Store) -> None:
    commands.open_page("1")

    def work(_: int) -> int:
        with entered(Context(scope=EVERYWHERE, idempotency_key="k")):
            return int(commands.turn("1").turns)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(work, range(8))) == {1}
    assert outbox(notebook) == [("page/1", 1)]


def test_concurrent_changes_of_one_document_all_count_and_its_sequence_has_no_gap(notebook: Store) -> None:
    commands.open_page("1")

    def work(_: int) -> None:
        with entered(Context(scope=EVERYWHERE)):
            commands.turn("1")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(40)))
    assert get(Page, "1").turns == 40
    assert sorted(outbox(notebook)) == [("page/1", number) for number in range(1, 41)]


def test_what_a_rule_relied_on_cannot_change_meanwhile() -> None:
    """Two commands, each of which acts only if the other has not: without the guard both would."""
    for number in range(10):
        left, right = f"l{number}", f"r{number}"
        commands.open_page(left)
        commands.open_page(right)

        def work(pair: tuple[str, str]) -> None:
            with entered(Context(scope=EVERYWHERE)):
                commands.turn_while_other_is_open(*pair)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(work, [(left, right), (right, left)]))
        assert get(Page, left).turns + get(Page, right).turns == 1


def test_a_unique_value_that_is_taken_is_a_conflict_a_person_understands() -> None:
    commands.open_page("1", title="one")
    with pytest.raises(RuleBroken, match="already-exists"):
        commands.open_page("2", title="one")


def test_another_region_is_neither_seen_nor_changed() -> None:
    commands.open_page("1", region="03")
    with entered(Context(scope=of_region("07"))):
        with pytest.raises(NotFound):
            commands.turn("1")
        with pytest.raises(Forbidden):
            commands.open_page("2", region="03")
        assert Page.objects.count() == 0


def test_without_a_scope_nothing_is_seen() -> None:
    with entered(Context()), pytest.raises(Forbidden):
        Page.objects.count()


def test_if_match_of_an_older_version_is_refused_and_changes_nothing(everywhere: Context) -> None:
    commands.open_page("1")
    commands.turn("1")
    with entered(replace(everywhere, expected_version=1)), pytest.raises(PreconditionFailed):
        commands.turn("1")
    with entered(replace(everywhere, expected_version=2)):
        assert commands.turn("1").turns == 2


def test_saving_outside_a_command_is_refused() -> None:
    with pytest.raises(RuntimeError, match="No transaction is open"):
        Page(id="1", region="03").save()


def test_distinct_values_are_those_of_the_scope() -> None:
    commands.open_page("1", region="03")
    commands.open_page("2", region="07")
    assert sorted(Page.objects.distinct("region")) == ["03", "07"]
    with entered(Context(scope=of_region("03"))):
        assert Page.objects.distinct("region") == ["03"]
