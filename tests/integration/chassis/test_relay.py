"""What leaves the outbox, and in which order, when things go well and when they do not."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from chassis.lease import Lease
from chassis.outbox.relay import PublishFailed, Relay, republish
from chassis.outbox.rows import Row
from chassis.store.connection import Store
from tests.integration.chassis.notebook.pages import commands

pytestmark = pytest.mark.usefixtures("notebook", "everywhere")


class MemoryPublisher:
    """A log that takes everything, but for the keys it was told to refuse from a sequence on."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, int]] = []
        self.refuses: dict[str, int] = {}

    def publish(self, rows: Sequence[Row]) -> list[bool]:
        answers = [row["sequence"] < self.refuses.get(row["key"], 1_000_000) for row in rows]
        self.taken += [(row["key"], row["sequence"]) for row, ok in zip(rows, answers, strict=True) if ok]
        return answers

    def close(self) -> None:
        self.refuses = {}


@pytest.fixture
def publisher() -> MemoryPublisher:
    return MemoryPublisher()


@pytest.fixture
def relay(publisher: MemoryPublisher) -> Relay:
    return Relay(publisher, Lease("relay", "first"))


def turn(page: str, times: int) -> None:
    commands.open_page(page)
    for _ in range(times):
        commands.turn(page)


def test_everything_goes_out_in_the_order_of_each_key_and_only_once(relay: Relay, publisher: MemoryPublisher) -> None:
    turn("a", 3)
    turn("b", 2)
    assert relay.round() == 5
    assert relay.round() == 0
    assert publisher.taken == [("page/a", 1), ("page/a", 2), ("page/a", 3), ("page/b", 1), ("page/b", 2)]


def test_what_was_not_taken_stays_and_goes_out_before_what_follows_it(relay: Relay, publisher: MemoryPublisher) -> None:
    turn("a", 3)
    turn("b", 1)
    publisher.refuses = {"page/a": 2}
    with pytest.raises(PublishFailed):
        relay.round()
    publisher.refuses = {}
    relay.round()
    assert publisher.taken == [("page/a", 1), ("page/b", 1), ("page/a", 2), ("page/a", 3)]


def test_only_the_holder_of_the_lease_publishes_and_another_takes_over_when_it_is_given_up(
    relay: Relay, publisher: MemoryPublisher
) -> None:
    second = Relay(publisher, Lease("relay", "second"))
    turn("a", 1)
    assert relay.round() == 1
    turn("b", 1)
    assert second.round() == 0
    relay.close()
    assert second.round() == 1


def test_a_lease_that_ran_out_is_taken_over(publisher: MemoryPublisher) -> None:
    short = Relay(publisher, Lease("relay", "first", seconds=-1))
    other = Relay(publisher, Lease("relay", "second"))
    turn("a", 1)
    short.round()
    turn("b", 1)
    assert other.round() == 1


def test_what_was_published_can_be_published_again_from_a_moment_on(
    relay: Relay, publisher: MemoryPublisher, notebook: Store
) -> None:
    turn("a", 2)
    turn("b", 1)
    relay.round()
    publisher.taken.clear()
    assert republish(datetime.now(UTC) - timedelta(hours=1), key="page/a") == 2
    relay.round()
    assert publisher.taken == [("page/a", 1), ("page/a", 2)]
    assert notebook.database.outbox.count_documents({"pending": True}) == 0
