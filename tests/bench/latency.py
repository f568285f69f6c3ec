"""How long it takes from a command's commit to the effect that another service commits, at a rate that leaves room.

Three processes, as in the stack: this one runs commands as a web process would, one relays the feed's outbox, one is the
consuming service's background process. All of it is the chassis's own code.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from chassis.context import Context, entered
from chassis.scope import EVERYWHERE
from tests.bench.failure import TurnFailed
from tests.bench.figures import percentile
from tests.bench.ground import Ground
from tests.bench.turns import fresh_name
from tests.bench.work import REACTION, REGION, Run, attended, session_id

SECONDS = 15.0
SESSIONS = 200
WARM_UP = 100
PATIENCE = 30.0


def measure(store: str, kafka: str, rate: float) -> dict[str, Any]:
    """Milliseconds at so many commands a second. Raises TurnFailed."""
    run = Run(name=fresh_name(), row=REACTION, contestant="ours", events=round(SECONDS * rate), store=store, kafka=kafka)
    command = [sys.executable, "-m", "tests.bench.latency", str(rate)]
    done = subprocess.run(command, env=run.environment(), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise TurnFailed(f"The latency could not be measured: {done.stderr.strip()[-1500:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def take_times(run: Run, rate: float) -> dict[str, Any]:
    """Play both services and the commands."""
    from tests.bench.ours.service import become, feed_service

    ground = Ground(run)
    try:
        ground.prepare()
        become(feed_service(run), run, run.feed_store_uri, instance=f"{run.feed}-web", log_level="WARNING")
        with entered(Context(by="bench", scope=EVERYWHERE)), _services(run) as consumer:
            _plan_sessions()
            _attend(WARM_UP, rate)
            _await(ground, WARM_UP)
            began = time.monotonic()
            committed = _attend(run.events, rate, first=WARM_UP)
            seconds = time.monotonic() - began
            _await(ground, WARM_UP + run.events)
            consumer.terminate()
            effected: dict[str, float] = json.loads(consumer.communicate(timeout=PATIENCE)[0].splitlines()[-1])
    finally:
        ground.clear()
    waits = [(effected[key] - at) * 1000 for key, at in committed.items()]
    return {
        "p50": round(percentile(waits, 0.5), 1),
        "p99": round(percentile(waits, 0.99), 1),
        "at_rate": round(run.events / seconds, 1),
        "commands": run.events,
    }


@contextmanager
def _services(run: Run) -> "Iterator[subprocess.Popen[str]]":
    """The two background processes; gives the consuming one, which tells its times when it ends."""

    def start(role: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.bench.ours.background", role]
        return subprocess.Popen(command, env=run.environment(), stdout=subprocess.PIPE, text=True)  # noqa: S603

    started = [start("consumer"), start("relay")]
    try:
        yield started[0]
    finally:
        for process in started:
            process.kill()
            process.wait()


def _plan_sessions() -> None:
    from tests.bench.ours.feed import plan_session

    for number in range(SESSIONS):
        plan_session(REGION, f"Session {number}", datetime(2026, 11, 2, 9, tzinfo=UTC), 24, key=session_id(number))


def _attend(commands: int, rate: float, first: int = 0) -> dict[str, float]:
    """Run the commands at this rate; when each was committed, by the key and sequence of its event."""
    from tests.bench.ours.feed import attend_session

    told: dict[str, float] = {}
    began = time.monotonic()
    for number, event in enumerate(list(attended(first + commands))[first:]):
        time.sleep(max(0.0, began + number / rate - time.monotonic()))
        given = event.data | {"session": session_id((first + number) % SESSIONS)}
        session = attend_session(**given)
        told[f"{session.key}@{session.sequence}"] = time.time()
    return told


def _await(ground: Ground, entries: int) -> None:
    """Wait until the consumer has applied so many."""
    deadline = time.monotonic() + PATIENCE
    total: list[dict[str, Any]] = []
    while not total or total[0]["entries"] < entries:
        if time.monotonic() > deadline:
            raise TimeoutError(f"The consumer has applied {total} and not {entries} events after {PATIENCE:.0f} s.")
        time.sleep(0.2)
        total = list(ground.database.registers.aggregate([{"$group": {"_id": None, "entries": {"$sum": "$entries"}}}]))


if __name__ == "__main__":
    print(json.dumps(take_times(Run.current(), float(sys.argv[1]))))  # noqa: T201 - the answer to whoever started this process
