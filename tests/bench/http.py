"""`python -m tests.bench.http --store URI --kafka ADDRESS [--home FOLDER]`: a POST that saves and emits, against a plain insert.

Ours is the chassis's web process (token, schema, idempotency record, document, outbox) with its relay beside it; the plain one
is Flask and PyMongo. Same gunicorn, same threads, same callers, in turns; a ratio is the median of the rounds' ratios. FOLDER is
the home of the local stack: its broker is then killed and kept away for the last part, and ours must go on as if nothing were.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from chassis.testing.tokens import TestIssuer
from operator_cli.stack.layout import Layout
from operator_cli.stack.local import LocalStack
from operator_cli.stack.ports import Ports
from tests.bench.failure import TurnFailed
from tests.bench.figures import spread
from tests.bench.ground import Ground
from tests.bench.ours.ports import free_port
from tests.bench.turns import fresh_name
from tests.bench.work import REACTION, Run

PATIENCE = 30.0
DRAIN_PATIENCE = 90.0
WARM_UP_SECONDS = 1.0


@dataclass(frozen=True)
class Answered:
    """What the callers saw in one turn."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


@dataclass(frozen=True)
class Server:
    """A web process and how it is called."""

    url: str
    token: str
    threads: int
    pid: int

    def load(self, seconds: float) -> Answered:
        """Call it for so long. Raises TurnFailed where it does not answer as it should."""
        command = [sys.executable, "-m", "tests.bench.load", self.url, str(self.threads), str(seconds), self.token]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise TurnFailed(f"{self.url} was not answered: {done.stderr.strip()[-500:]}")
        return Answered(**json.loads(done.stdout))


def compare(
    ours: Server, plain: Server, pairs: int, seconds: float, names: tuple[str, str] = ("ours", "plain")
) -> dict[str, Any]:
    """Turn about, ratios of each pair, medians."""
    for server in (ours, plain):
        server.load(WARM_UP_SECONDS)
    mine: list[Answered] = []
    others: list[Answered] = []
    for number in range(pairs):
        order = [(ours, mine), (plain, others)]
        for server, found in order if number % 2 == 0 else reversed(order):
            found.append(server.load(seconds))
        _say(f"{names[0]} {_line(mine[-1])}   {names[1]} {_line(others[-1])}")

    def ratio(of: Callable[[Answered], float]) -> float:
        return round(median(of(one) / of(other) for one, other in zip(mine, others, strict=True)), 3)

    return {
        "p50_ratio": ratio(lambda answered: answered.p50_ms),
        "p99_ratio": ratio(lambda answered: answered.p99_ms),
        "throughput_ratio": ratio(lambda answered: answered.rate),
        names[0]: _figures(mine),
        names[1]: _figures(others),
    }


def without_kafka(stack: LocalStack, ours: Server, plain: Server, ground: Ground, asked: argparse.Namespace) -> dict[str, Any]:
    """The same with the broker killed; then it comes back, and everything that was recorded meanwhile is published."""
    killed = stack.process("kafka").pid
    if killed is None:
        raise TurnFailed("The broker does not run.")
    stack.layout.hold("kafka").touch()
    os.kill(killed, signal.SIGKILL)
    stack.hold("kafka")
    try:
        found = compare(ours, plain, asked.pairs, asked.seconds)
        recorded = ground.feed_outbox(pending=True)
    finally:
        stack.release("kafka")
    began = time.monotonic()
    drained(ground)
    return {**found, "recorded_meanwhile": recorded, "drained_in_seconds": round(time.monotonic() - began, 1)}


@contextmanager
def servers(run: Run, threads: int) -> "Iterator[tuple[Server, Server]]":
    """Ours with its relay, and the plain one."""
    port = free_port()
    plain = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    plain += ["--threads", str(threads), "--workers", "1", "--keep-alive", "15", "tests.bench.theirs.plain_web:app"]
    with our_server(run, threads) as mine, _folder() as folder, _running(plain, run, folder / "log") as pid:
        yield mine, _server(port, threads, "", pid, folder)


@contextmanager
def our_server(run: Run, threads: int, through: Sequence[str] = ()) -> "Iterator[Server]":
    """Ours with its relay, ``through`` another module that runs both."""
    ours, port = [sys.executable, "-m", *through], free_port()
    with _folder() as folder:
        issuer, log = TestIssuer(folder), folder / "log"
        web = [*ours, "tests.bench.ours.web", str(port), str(threads), str(issuer.path)]
        relay = [*ours, "tests.bench.ours.background", "relay"]
        with _running(web, run, log) as pid, _running(relay, run, log):
            yield _server(port, threads, issuer.token("national", seconds=3600), pid, folder)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def _running(command: Sequence[str], run: Run, log: Path) -> Iterator[int]:
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command line
            command, env=run.environment(), stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _server(port: int, threads: int, token: str, pid: int, folder: Path) -> Server:
    """The server that is started there, once it listens."""
    _await(partial(_listens, port), lambda: f"No server listens on {port}: {_end_of(folder / 'log')}", PATIENCE)
    return Server(f"http://127.0.0.1:{port}/v1/sessions", token, threads, pid)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace")[-800:] if log.exists() else ""


def _await(reached: Callable[[], bool], complaint: Callable[[], str], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > deadline:
            raise TurnFailed(f"{complaint()} after {seconds:.0f} s.")
        time.sleep(0.1)


def drained(ground: Ground) -> None:
    """Wait until everything that was recorded is published. Raises TurnFailed."""
    _await(lambda: ground.feed_outbox(pending=True) == 0, lambda: "The outbox did not drain", DRAIN_PATIENCE)


def _line(turn: Answered) -> str:
    return f"{turn.rate:6.0f}/s p50 {turn.p50_ms:6.1f} ms p99 {turn.p99_ms:6.1f} ms"


def _figures(turns: Sequence[Answered]) -> dict[str, Any]:
    return {
        "requests_per_second": spread([turn.rate for turn in turns]),
        "p50_ms": spread([turn.p50_ms for turn in turns], 1),
        "p99_ms": spread([turn.p99_ms for turn in turns], 1),
    }


def _rate(found: dict[str, Any]) -> float:
    return float(found["ours"]["requests_per_second"]["median"])


def measure(asked: argparse.Namespace) -> dict[str, Any]:
    """Everything. Raises TurnFailed."""
    run = Run(name=fresh_name(), row=REACTION, contestant="ours", events=0, store=asked.store, kafka=asked.kafka)
    ground = Ground(run)
    ground.prepare()
    try:
        with servers(run, asked.threads) as (ours, plain):
            found = compare(ours, plain, asked.pairs, asked.seconds)
            if asked.home:
                stack = LocalStack(Layout(Path(asked.home)), Ports())
                stopped = without_kafka(stack, ours, plain, ground, asked)
                # A store may answer single inserts more slowly the longer it runs (SecantusDB does, past some 10,000 of them),
                # so what stopping the broker costs is told by our own figures, before and after.
                stopped["ours_to_ours_with_kafka"] = round(_rate(stopped) / _rate(found), 3)
                found["kafka_stopped"] = stopped
            else:
                found["kafka_stopped"] = None
            drained(ground)
            ground.check_feed()
    finally:
        ground.clear()
    setup = {"pairs": asked.pairs, "seconds": asked.seconds, "threads": asked.threads, "callers": asked.threads}
    return {**found, "setup": {**setup, "cores": os.cpu_count(), "load_average": [round(load, 1) for load in os.getloadavg()]}}


def main() -> int:
    """Run it. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.http")
    parser.add_argument("--store", required=True)
    parser.add_argument("--kafka", required=True)
    parser.add_argument("--home")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--threads", type=int, default=8)
    try:
        print(json.dumps(measure(parser.parse_args())))  # noqa: T201 - the answer
    except TurnFailed as failed:
        _say(f"nassij: {failed}")
        return 1
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - progress


if __name__ == "__main__":
    sys.exit(main())
