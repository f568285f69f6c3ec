"""The consumer's log with somebody looking on: when the first record came, and when what was polled was committed."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from chassis.consumer.log import Log
from chassis.events import Received


@dataclass
class WatchedLog:
    """Says ``first`` when records come. ``done`` holds when each event (key@sequence) had its effect.

    The worker commits a batch's offsets right after the store's transaction, so that is the moment it takes.
    """

    inner: Log
    first: Callable[[], None]
    keep_times: bool = False
    done: dict[str, float] = field(default_factory=dict)
    _polled: list[Received] = field(default_factory=list)

    def poll(self, most: int, seconds: float) -> list[Received]:
        events = self.inner.poll(most, seconds)
        if events:
            self.first()
            self._polled = events if self.keep_times else []
        return events

    def commit(self) -> None:
        now = time.time()
        self.done.update({f"{event.key}@{event.sequence}": now for event in self._polled})
        self._polled = []
        self.inner.commit()

    def rewind(self) -> None:
        self._polled = []
        self.inner.rewind()

    def pause(self) -> None:
        self.inner.pause()

    def resume(self) -> None:
        self.inner.resume()

    def lag(self) -> dict[str, int]:
        return self.inner.lag()

    def close(self) -> None:
        self.inner.close()
