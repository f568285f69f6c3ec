"""Background loops: each on its own thread, watched, ended together."""

import faulthandler
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Protocol

import structlog
from pymongo.errors import PyMongoError

from chassis import metrics
from chassis.outbox.relay import PublishFailed
from chassis.store.faults import Conflict, StoreAway

log = structlog.get_logger(__name__)
WATCHDOG_EXIT, CRASH_EXIT = 75, 70
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0


class Beat(Protocol):
    """One round of a loop, which says how much it did."""

    def __call__(self) -> int:
        """Do one round."""


class Loop:
    """A named loop: one round after the other, a rest between, until told to stop.

    Faults around it (store, broker) are waited out. Anything else ends the process, which its supervisor starts again:
    a loop that went on in an unknown state could do harm without being seen.
    """

    def __init__(self, name: str, beat: Beat, rest: Callable[[int], None], close: Callable[[], None]) -> None:
        self.name = name
        self._beat, self._rest, self._close = beat, rest, close
        self.seen = time.monotonic()
        self.trouble: str | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Start its thread."""
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """Let it finish its round."""
        self._stop.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        pause = FIRST_PAUSE
        try:
            while not self._stop.is_set():
                self._come_round()
                try:
                    self._rest(self._beat())
                    self.trouble, pause = None, FIRST_PAUSE
                except (PyMongoError, StoreAway, Conflict, PublishFailed) as error:
                    self.trouble = f"{type(error).__name__}: {error}"
                    log.warning("loop.waits", loop=self.name, seconds=pause, reason=self.trouble)
                    self._stop.wait(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)
            self._close()
        except Exception:
            log.exception("loop.broke", loop=self.name)
            os._exit(CRASH_EXIT)

    def _come_round(self) -> None:
        self.seen = time.monotonic()
        metrics.LOOP_SECONDS.labels(loop=self.name).set_to_current_time()


class Watchdog:
    """Ends the process when a loop has not come round for too long: a client library can hang for ever."""

    def __init__(self, loops: list[Loop], seconds: float) -> None:
        self._loops, self._seconds = loops, seconds
        self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)

    def start(self) -> None:
        """Start watching."""
        self._thread.start()

    def late(self) -> list[str]:
        """The loops that have not come round in time."""
        now = time.monotonic()
        return [loop.name for loop in self._loops if now - loop.seen > self._seconds]

    def _run(self) -> None:
        while not (late := self.late()):
            time.sleep(min(1.0, self._seconds / 4))
        log.critical("watchdog.ends_process", loops=late, seconds=self._seconds)
        faulthandler.dump_traceback(sys.stderr)
        os._exit(WATCHDOG_EXIT)


def every(seconds: float) -> Callable[[int], None]:
    """A rest of this length after a round that did nothing, and none after one that did something."""

    def rest(done: int) -> None:
        if not done:
            time.sleep(seconds)

    return rest
