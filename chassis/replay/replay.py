"""Making a consumer's projections anew: beside the living ones, to compare, or in their place."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chassis.consumer import beginning
from chassis.consumer.deadletters import letter_id
from chassis.consumer.engine import Engine, Reactor
from chassis.consumer.limit import DeadLetterLimit
from chassis.consumer.marks import Blocked
from chassis.events import Received
from chassis.migrations import migrate
from chassis.replay import state
from chassis.replay.group import Group
from chassis.replay.history import History
from chassis.replay.ledger import ReplayLedger
from chassis.service import Service
from chassis.settings import Settings
from chassis.store import connection
from chassis.store.connection import Store

BATCH = 2000
SUFFIX = "replay"
REST_SECONDS = 0.3
REST_TRIES = 60
Progress = Callable[[int, int], None]


class Unrest(Exception):  # noqa: N818 - it reads as what it says
    """The living consumer never stood where the replay stood, so there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A replay beside the living projections, and both their hashes; ``seconds`` is the replay's own time."""

    events: int
    seconds: float
    hash: str
    living: str
    dead_letters: int

    @property
    def equal(self) -> bool:
        """Whether the events alone make the same state."""
        return self.hash == self.living


class Replay:
    """Applies the whole history of a service's topics to the store of this process, which holds nothing of it yet.

    Dead letters that were ``discarded`` are passed over. However many others there are, it tells of them and does not stop.
    """

    def __init__(self, service: Service, history: History, discarded: frozenset[str]) -> None:
        self.ledger = ReplayLedger(service.name)
        self.events, self.seconds = 0, 0.0
        reactor = _passing_over(discarded, service.reactor(), service.name) if discarded else service.reactor()
        self._engine = Engine(self.ledger, reactor, DeadLetterLimit(most=2**31))
        self._history = history

    def go_on(self, progress: Progress = lambda *_: None) -> None:
        """Apply what came since the last time.

        Raises:
            LogAway, StoreAway: the broker, or the store, does not answer.

        """
        size, began = self._history.size(), time.perf_counter()
        for batch in self._history.batches(BATCH):
            self._engine.process(batch)
            self.events += len(batch)
            progress(self.events, size)
        self.seconds += time.perf_counter() - began

    def dead_letters(self) -> int:
        """How many events could not be applied."""
        return sum(mark.blocked is Blocked.DEAD for mark in self.ledger.known.values())


def verify(service: Service, settings: Settings, progress: Progress = lambda *_: None) -> Compared:
    """Replay into a database beside the living one, which is removed afterwards, and compare the two.

    Raises:
        NotReplayable: the service does more than keep projections.
        Unrest: so much came all the time that both never stood at the same place.
        LogAway, StoreAway: the broker, or the store, does not answer.

    """
    collections, living = state.projections(service), connection.store()
    beside = living.beside(SUFFIX)
    beside.client.drop_database(beside.database.name)
    connection.use(beside)
    try:
        migrate(service, settings)
        with History(settings.kafka, service.topics) as history:
            replay = Replay(service, history, state.discarded(living.database, service.name))
            replay.go_on(progress)
            found, lived = _at_rest(replay, living, collections)
        return Compared(replay.events, replay.seconds, found, lived, replay.dead_letters())
    finally:
        connection.use(living)
        beside.client.drop_database(beside.database.name)


def rebuild(
    service: Service, settings: Settings, progress: Progress = lambda *_: None, waits: Callable[[], None] = lambda: None
) -> Replay:
    """Remove a service's projections and make them anew; its consumer must not run meanwhile, and goes on from there.

    ``waits`` is called when it may be done, before it is waited for the consumer's end. Cut short, it leaves a note by which
    no consumer starts before another rebuild has come to its end.

    Raises:
        NotReplayable: the service does more than keep projections, or its consumer is running.
        LogAway, StoreAway: the broker, or the store, does not answer.

    """
    collections = state.projections(service)
    with Group(settings.kafka, f"nassij-{service.name}") as group, History(settings.kafka, service.topics) as history:
        waits()
        group.must_be_empty()
        beginning.begin_rebuild(service.name)
        database = connection.store().database
        state.clear(database, collections)
        replay = Replay(service, history, state.discarded(database, service.name))
        replay.go_on(progress)
        replay.ledger.write()
        group.move_to(history.positions())
        beginning.end_rebuild(service.name)
        return replay


def _passing_over(discarded: frozenset[str], reactor: Reactor, group: str) -> Reactor:
    def react(event: Received) -> bool:
        return letter_id(group, event) not in discarded and reactor.react(event)

    return Reactor(react, reactor.prefetch)


def _at_rest(replay: Replay, living: Store, collections: Sequence[str]) -> tuple[str, str]:
    """Both hashes, taken while both have applied the same events."""
    group, beside = replay.ledger.group, connection.store()
    for _ in range(REST_TRIES):
        here = {(mark.stream.source, mark.stream.key): (mark.sequence, mark.blocked) for mark in replay.ledger.known.values()}
        if state.marks(living.database, group) == here:
            lived = state.state_hash(living.database, collections)
            if state.marks(living.database, group) == here:
                return state.state_hash(beside.database, collections), lived
        time.sleep(REST_SECONDS)
        replay.go_on()
    raise Unrest(
        "Events kept coming, so that the replay and the living consumer never stood at the same place; "
        "try again when less is going on, or see `nassij status` for a consumer that stands still."
    )
