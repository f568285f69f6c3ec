"""The replay as a process of its own: how far it is and what came of it are lines of its log."""

import sys
import time
from collections.abc import Callable
from typing import TypeVar

import structlog

from chassis.consumer.log import LogAway
from chassis.replay import replay
from chassis.replay.state import NotReplayable
from chassis.service import Service
from chassis.settings import Settings

log = structlog.get_logger(__name__)
T = TypeVar("T")
TOLD_EVERY_SECONDS = 0.5


def verify(service: Service, settings: Settings) -> None:
    """Compare the projections with a replay; ends the process with 1 where they differ, with 2 where it cannot be said."""
    compared = _or_exit(lambda: replay.verify(service, settings, _Teller()))
    log.info(
        "replay.verified",
        events=compared.events,
        seconds=round(compared.seconds, 3),
        hash=compared.hash,
        living=compared.living,
        dead_letters=compared.dead_letters,
    )
    if not compared.equal:
        sys.exit(1)


def rebuild(service: Service, settings: Settings) -> None:
    """Make the projections anew in their place; ends the process with 2 where that cannot be."""
    done = _or_exit(lambda: replay.rebuild(service, settings, _Teller(), lambda: log.info("replay.waits", on="its own consumer")))
    log.info("replay.rebuilt", events=done.events, seconds=round(done.seconds, 3), dead_letters=done.dead_letters())


def _or_exit(work: Callable[[], T]) -> T:
    try:
        return work()
    except (NotReplayable, replay.Unrest, LogAway) as error:
        log.error("replay.refused", reason=str(error))  # noqa: TRY400 - it is foreseen, and its words say all
        sys.exit(2)


class _Teller:
    """Tells of progress twice a second."""

    def __init__(self) -> None:
        self._at = 0.0

    def __call__(self, done: int, whole: int) -> None:
        if time.monotonic() - self._at >= TOLD_EVERY_SECONDS:
            self._at = time.monotonic()
            log.info("replay.progress", done=done, of=whole)
