"""Events of other services as they arrive at a service under test, through the engine that applies them."""

from collections import Counter
from typing import Any

import msgspec

from chassis import clock
from chassis.consumer.engine import Engine
from chassis.consumer.ledger import StoreLedger
from chassis.events import Received
from chassis.ids import new_id
from chassis.service import Service
from chassis.store.connection import store


class Arriving:
    """Counts the events of each key, so that they come in order, and applies each at once."""

    def __init__(self, service: Service) -> None:
        self._engine = Engine(StoreLedger(service.name), service.reactor())
        self._sequences: Counter[str] = Counter()

    def arrive(self, key: str, action: str, data: Any, *, service: str = "training", region: str | None = "03") -> Received:
        """Apply one event of a service. Returns it as it came."""
        self._sequences[key] += 1
        subject = key.partition("/")[0]
        event = Received(
            id=new_id(),
            type=f"ma.nassij.{service}.{subject}.{action}.v1",
            source=f"/nassij/{service}",
            key=key,
            sequence=self._sequences[key],
            time=clock.now(),
            region=region,
            personal=subject == "person",
            value=None if data is None else msgspec.json.encode(data),
        )
        self.again(event)
        return event

    def again(self, event: Received) -> None:
        """Apply an event that may have come before."""
        self._engine.process([event])

    def waiting(self) -> int:
        """How many events wait for another."""
        return store().database.waiting.count_documents({})

    def dead(self) -> list[str]:
        """The errors of dead letters."""
        return [letter["error"] for letter in store().database.deadletters.find()]


def published(action: str) -> list[Any]:
    """The data of events of this subject.action that lie in the outbox, in the order in which they were recorded."""
    rows = store().database.outbox.find().sort("_id", 1)
    return [msgspec.json.decode(row["value"]) for row in rows if f".{action}.v1" in row["attributes"]["type"]]
