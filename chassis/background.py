"""The background side of a service: worker, relay, sender and timekeeper, together in one process or each in its own."""

import signal
import threading
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

import structlog

from chassis import metrics
from chassis.broker.log import KafkaLog
from chassis.broker.publisher import KafkaPublisher
from chassis.consumer.beginning import CutShort, first_started, is_rebuilding
from chassis.consumer.engine import Engine
from chassis.consumer.ledger import StoreLedger
from chassis.consumer.limit import DeadLetterLimit
from chassis.consumer.worker import State, Worker
from chassis.deadlines import Timekeeper
from chassis.http.ops_app import OpsApplication, OpsServer
from chassis.lease import Lease
from chassis.loops import Loop, Watchdog, every
from chassis.outbox.relay import Relay
from chassis.outbox.watch import Watch
from chassis.sender import Sender
from chassis.service import Service
from chassis.settings import Settings
from chassis.status import status
from chassis.store.connection import store

log = structlog.get_logger(__name__)
GRACE_SECONDS = 15.0


class Background:
    """The loops of one process."""

    def __init__(self, service: Service, settings: Settings, parts: Collection[str]) -> None:
        self._service, self._settings = service, settings
        metrics.announce(service.name, metrics.BACKGROUND)
        self.worker: Worker | None = None
        self._relay: Relay | None = None
        makers: dict[str, Callable[[], Loop | None]] = {
            "relay": self._make_relay,
            "sender": self._make_sender,
            "timekeeper": self._make_timekeeper,
            "worker": self._make_worker,
        }
        made = [make() for part, make in makers.items() if part in parts]
        self._loops = [loop for loop in made if loop is not None]
        self._stop = threading.Event()

    def run(self) -> None:
        """Work until told to stop by SIGTERM or SIGINT, then finish what is under way."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        ops = OpsServer(self._settings.ops_bind, OpsApplication(self.status, {"store": store().ping, "consumer": self._must_run}))
        watch = Watch(self._wake) if self._settings.relay_wake == "change-stream" and self._relay else None
        for loop in self._loops:
            loop.start()
        Watchdog(self._loops, self._settings.watchdog_seconds).start()
        log.info("background.started", loops=[loop.name for loop in self._loops])
        self._stop.wait()
        if watch:
            watch.close()
        for loop in self._loops:
            loop.stop(GRACE_SECONDS)
        ops.close()
        log.info("background.stopped")

    def status(self) -> dict[str, Any]:
        """Figures for the operator."""
        return status(self._service, self._settings, self.worker) | {
            "trouble": {loop.name: loop.trouble for loop in self._loops if loop.trouble}
        }

    def _wake(self) -> None:
        if self._relay is not None:
            self._relay.wake()

    def _must_run(self) -> None:
        if self.worker is not None and self.worker.state is State.STOPPED:
            raise RuntimeError(self.worker.reason)

    def _make_relay(self) -> Loop:
        publisher = KafkaPublisher(self._settings.kafka, f"{self._settings.instance}-relay")
        self._relay = relay = Relay(publisher, Lease("relay", self._settings.instance))
        return Loop("relay", relay.round, relay.rest, relay.close)

    def _make_sender(self) -> Loop | None:
        if not self._service.channels:
            return None
        sender = Sender(self._service.channels)
        return Loop("sender", sender.round, every(0.1), sender.close)

    def _make_timekeeper(self) -> Loop | None:
        if not self._service.deadlines:
            return None
        return Loop("timekeeper", Timekeeper(self._service.deadlines).round, every(0.25), lambda: None)

    def _make_worker(self) -> Loop | None:
        if not self._service.reactions:
            return None
        settings = self._settings
        limit = DeadLetterLimit(settings.dead_letter_limit, timedelta(seconds=settings.dead_letter_window_seconds))
        name, topics = self._service.name, self._service.topics
        ages = metrics.Ages(topics, first_started(name))
        engine = Engine(StoreLedger(name), self._service.reactor(), limit, settled=ages.settled)
        kafka = KafkaLog(settings.kafka, f"nassij-{name}", settings.instance, topics, ages.arrived, self._service.gathering_ms)
        self.worker = worker = Worker(kafka, engine, self._wake, settings.batch_size)
        if is_rebuilding(name):
            worker.stop(CutShort(f"A rebuild of its projections was cut short: run it again, `nassij replay {name}`."))
        return Loop("worker", _beat(worker), lambda _: None, worker.close)


def _beat(worker: Worker) -> Callable[[], int]:
    def beat() -> int:
        worker.round()
        return 0  # its own poll is its rest

    return beat
