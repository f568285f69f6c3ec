from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import msgspec
import pytest

from chassis import clock
from chassis.consumer.engine import Engine, Reactor
from chassis.events import Received
from chassis.testing.clock import FrozenClock
from chassis.testing.ledger import MemoryLedger

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOURCE = "/nassij/registry"


@pytest.fixture
def frozen() -> Iterator[FrozenClock]:
    frozen = FrozenClock(MORNING)
    before = clock.use(frozen)
    yield frozen
    clock.use(before)


def make(key: str, sequence: int, kind: str = "note", **data: object) -> Received:
    return Received(
        id=f"{key}@{sequence}",
        type=kind,
        source=SOURCE,
        key=key,
        sequence=sequence,
        time=MORNING,
        value=msgspec.json.encode(data),
    )


def engine_of(ledger: MemoryLedger, react: Callable[[Received], None]) -> Engine:
    def reactor(event: Received) -> bool:
        react(event)
        return True

    return Engine(ledger, Reactor(reactor))
