"""Our turn: the chassis's own background process, worker and relay, as `python -m chassis.run SERVICE background` wires it."""

import os
import signal
import threading
import time

from chassis import metrics
from chassis.background import Background
from tests.bench.ours.service import become, own_service
from tests.bench.ours.watched_log import WatchedLog
from tests.bench.stopwatch import Stopwatch
from tests.bench.work import Run

LOOK_EVERY = 0.02


def contest(run: Run, stopwatch: Stopwatch) -> None:
    """Run the process until everything is published."""
    service = own_service(run)
    settings = become(service, run, run.store_uri, instance=f"{run.name}-0", log_level="WARNING")
    background = Background(service, settings, ("worker", "relay"))
    if background.worker is None:
        raise RuntimeError("The service has no reactions.")
    background.worker.log = WatchedLog(background.worker.log, stopwatch.start)
    threading.Thread(target=_end_when_published, args=(run.events, stopwatch), daemon=True).start()
    background.run()


def _end_when_published(events: int, stopwatch: Stopwatch) -> None:
    while published() < events:
        time.sleep(LOOK_EVERY)
    stopwatch.stop()
    os.kill(os.getpid(), signal.SIGTERM)


def published() -> float:
    """How many events this process's relay has published and marked."""
    return float(metrics.OUTBOX_PUBLISHED._value.get())
