"""Background loops wait out faults around them, and a watchdog sees those that hang."""

import threading
import time
from collections.abc import Callable

from chassis.loops import Loop, Watchdog, every
from chassis.outbox.relay import PublishFailed
from chassis.store.faults import StoreAway


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_loop_goes_on_after_a_fault_around_it_and_closes_when_it_is_stopped() -> None:
    faults = iter([StoreAway("gone"), PublishFailed("gone")])
    rounds, closed = [], []

    def beat() -> int:
        fault = next(faults, None)
        if fault is not None:
            raise fault
        rounds.append(1)
        return 0

    loop = Loop("test", beat, every(0.01), lambda: closed.append(1))
    loop.start()
    until(lambda: len(rounds) > 2)
    loop.stop(5)
    assert closed == [1]
    assert loop.trouble is None


def test_the_watchdog_names_a_loop_that_hangs() -> None:
    hangs = threading.Event()

    def beat() -> int:
        hangs.wait(5)
        return 0

    loop = Loop("stuck", beat, every(0), lambda: None)
    watchdog = Watchdog([loop], seconds=0.1)
    loop.start()
    until(lambda: watchdog.late() == ["stuck"])
    hangs.set()
    loop.stop(5)
