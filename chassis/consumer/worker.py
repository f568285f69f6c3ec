"""The worker: brings what the log holds to the engine, and waits out faults around it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import structlog

from chassis import metrics
from chassis.consumer.engine import Engine, Outcomes
from chassis.consumer.limit import TooManyDeadLetters
from chassis.consumer.log import Log, LogAway
from chassis.store.faults import StoreAway

log = structlog.get_logger(__name__)
SWEEP_EVERY_SECONDS = 0.5
FIRST_SIZE, SMALLEST_SIZE, QUICK_SECONDS, SLOW_SECONDS = 128, 8, 1.0, 4.0
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0


class State(StrEnum):
    """What the worker does."""

    RUNNING = "running"
    BACKING_OFF = "backing-off"
    STOPPED = "stopped"


@dataclass
class Worker:
    """One consumer's loop. ``moved`` is called when events were applied, so that what they caused is published at once."""

    log: Log
    engine: Engine
    moved: Callable[[], None]
    batch_size: int = 500
    _size: int = FIRST_SIZE
    state: State = field(default=State.RUNNING, init=False)
    reason: str | None = field(default=None, init=False)
    _pause: float = FIRST_PAUSE
    _resume_at: float = 0.0
    _swept_at: float = field(default=0.0)

    def __post_init__(self) -> None:
        self._enter(State.RUNNING)

    def round(self, seconds: float = 0.25) -> None:
        """Take a batch and apply it, or wait a little more."""
        if self.state is not State.RUNNING and not self._may_resume():
            self._stay_member(seconds)
            return
        try:
            events = self.log.poll(min(self._size, self.batch_size), seconds)
            self._apply(lambda: self.engine.process(events), len(events))
            self.log.commit()
            self._sweep()
        except (StoreAway, LogAway) as error:
            self._back_off(error)
        except TooManyDeadLetters as error:
            self.stop(error)
        else:
            self._pause = FIRST_PAUSE
        for topic, lag in self.log.lag().items():
            metrics.CONSUMER_LAG.labels(topic=topic).set(lag)

    def close(self) -> None:
        """Leave the log."""
        self.log.close()

    def _apply(self, work: Callable[[], Outcomes], size: int) -> None:
        began = time.perf_counter()
        outcomes = work()
        self._fit(size, time.perf_counter() - began)
        for outcome, count in outcomes.items():
            metrics.CONSUMER_EVENTS.labels(outcome=outcome).inc(count)
        if size:
            metrics.CONSUMER_BATCH_SIZE.observe(size)
            metrics.CONSUMER_BATCH_SECONDS.observe(time.perf_counter() - began)
        if outcomes["applied"] or outcomes["dead"]:
            self.moved()

    def _fit(self, size: int, seconds: float) -> None:
        """Take more at once while batches are quick, and less when they are slow: a batch must never look like a hang."""
        if seconds > SLOW_SECONDS:
            self._size = max(SMALLEST_SIZE, self._size // 2)
        elif size == self._size and seconds < QUICK_SECONDS:
            self._size = min(self.batch_size, self._size * 2)

    def _sweep(self) -> None:
        now = time.monotonic()
        if now - self._swept_at >= SWEEP_EVERY_SECONDS:
            self._swept_at = now
            self._apply(self.engine.sweep, 0)

    def _back_off(self, error: Exception) -> None:
        self._enter(State.BACKING_OFF, f"{type(error).__name__}: {error}")
        metrics.CONSUMER_PAUSES.labels(cause="store" if isinstance(error, StoreAway) else "broker").inc()
        log.warning("consumer.backs_off", seconds=self._pause, reason=self.reason)
        self._resume_at = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        self.log.rewind()
        self.log.pause()

    def stop(self, error: Exception) -> None:
        """Take nothing any more, for a reason that only somebody else can take away; stay a member of the group."""
        self._enter(State.STOPPED, str(error))
        log.error("consumer.stopped", reason=self.reason)
        self.log.rewind()
        self.log.pause()

    def _may_resume(self) -> bool:
        if self.state is State.STOPPED or time.monotonic() < self._resume_at:
            return False
        self._enter(State.RUNNING)
        self.log.resume()
        return True

    def _enter(self, state: State, reason: str | None = None) -> None:
        # Shown here and not at the scrape: that reads the store, which may be what is away.
        self.state, self.reason = state, reason
        metrics.show_state(metrics.CONSUMER_STATE, State, state)

    def _stay_member(self, seconds: float) -> None:
        """Poll while paused; what a rebalance brought all the same is given back."""
        try:
            if self.log.poll(1, seconds):
                self.log.rewind()
                self.log.pause()
        except LogAway:
            time.sleep(seconds)
