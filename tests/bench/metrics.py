"""`python -m tests.bench.metrics --store URI --kafka ADDRESS`: what it costs that everything is measured.

The pipeline's turns (rows `bulk` and `reaction`) and the HTTP bench's load on the chassis as it is, and on one whose
instrumentation was taken out (tests/bench/uninstrumented.py), turn about; a cost is the median of the rounds' costs, in per
cent of what there is without. Then the time of a scrape of every process of a stack that holds a whole country.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

import httpx
import psutil

from operator_cli.stack.layout import SERVICES
from operator_cli.stack.local import LocalStack
from tests.bench import http
from tests.bench.country import populated
from tests.bench.failure import TurnFailed
from tests.bench.figures import rounded, spread
from tests.bench.ground import Ground
from tests.bench.turn import OURS
from tests.bench.turns import Outcome, fresh_name, play
from tests.bench.work import BATCH, BULK, REACTION, Run

WITH, WITHOUT = "with", "without"
THROUGH: dict[str, tuple[str, ...]] = {WITH: (), WITHOUT: ("tests.bench.uninstrumented",)}
TARGET_PERCENT = 5.0
SAMPLE, MOST_EVENTS = 2 * BATCH, 60_000
SCRAPES = 7
FORGOTTEN_SECONDS = 15.5
"""Figures of the domain are read from the store at most every 15 seconds; a scrape after that reads them."""


def pipeline(asked: argparse.Namespace) -> dict[str, Any]:
    """What it costs each row."""
    return {row: _row(asked, row) for row in (BULK, REACTION)}


def _row(asked: argparse.Namespace, row: str) -> dict[str, Any]:
    rate = play(row, OURS, SAMPLE, asked.store, asked.kafka).rate
    events = min(MOST_EVENTS, max(2, round(rate * asked.seconds / BATCH)) * BATCH)
    found: dict[str, list[Outcome]] = {WITH: [], WITHOUT: []}
    for number in range(asked.pairs):
        for name in _in_turn(number):
            outcome = play(row, OURS, events, asked.store, asked.kafka, THROUGH[name])
            found[name].append(outcome)
            _say(f"{row:9} {name:8} {outcome.rate:8.0f}/s {outcome.cpu_us:7.0f} us CPU")
    mine, others = found[WITH], found[WITHOUT]
    return {
        "cost_percent": _lost([each.rate for each in mine], [each.rate for each in others]),
        "cpu_cost_percent": _gained([each.cpu_us for each in mine], [each.cpu_us for each in others]),
        "events": events,
        **{name: _figures(outcomes) for name, outcomes in found.items()},
    }


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "events_per_second": spread([each.rate for each in outcomes]),
        "cpu_us_per_event": spread([each.cpu_us for each in outcomes]),
    }


def requests(asked: argparse.Namespace) -> dict[str, Any]:
    """What it costs a POST that saves and emits: two servers, each with a database of its own."""
    runs = {
        name: Run(name=fresh_name(), row=REACTION, contestant=OURS, events=0, store=asked.store, kafka=asked.kafka)
        for name in THROUGH
    }
    grounds = [Ground(run) for run in runs.values()]
    try:
        for ground in grounds:
            ground.prepare()
        pairs = [_pair(runs, grounds, asked, number) for number in range(asked.pairs)]
    finally:
        for ground in grounds:
            ground.clear()
    mine, others = [pair[WITH] for pair in pairs], [pair[WITHOUT] for pair in pairs]
    return {
        "cost_percent": _lost([each.rate for each in mine], [each.rate for each in others]),
        "cpu_cost_percent": _gained([each.cpu_us for each in mine], [each.cpu_us for each in others]),
        WITH: _answered(mine),
        WITHOUT: _answered(others),
    }


def _pair(runs: dict[str, Run], grounds: Sequence[Ground], asked: argparse.Namespace, number: int) -> dict[str, Outcome]:
    """Both servers, started afresh and called A B B A: two processes of one program differ by some per cent by chance."""
    first, second = _in_turn(number)
    totals: dict[str, list[tuple[int, float, float]]] = {WITH: [], WITHOUT: []}
    with (
        http.our_server(runs[WITH], asked.threads, THROUGH[WITH]) as mine,
        http.our_server(runs[WITHOUT], asked.threads, THROUGH[WITHOUT]) as other,
    ):
        servers = {WITH: mine, WITHOUT: other}
        for server in servers.values():
            server.load(http.WARM_UP_SECONDS)
        for name in (first, second, second, first):
            before = _cpu(servers[name])
            answered = servers[name].load(asked.seconds / 2)
            totals[name].append((answered.requests, answered.seconds, _cpu(servers[name]) - before))
        for ground in grounds:
            # A relay that was killed in a transaction would leave locks behind.
            http.drained(ground)
    found = {name: Outcome(*(sum(each) for each in zip(*parts, strict=True))) for name, parts in totals.items()}
    for name, outcome in found.items():
        _say(f"http      {name:8} {outcome.rate:8.0f}/s {outcome.cpu_us:7.0f} us CPU")
    return found


def _answered(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "requests_per_second": spread([each.rate for each in outcomes]),
        "cpu_us_per_request": spread([each.cpu_us for each in outcomes]),
    }


def _cpu(server: http.Server) -> float:
    """CPU seconds of a web process and its workers so far."""
    process = psutil.Process(server.pid)
    return sum(sum(each.cpu_times()[:2]) for each in (process, *process.children(recursive=True)))


def scrapes(stack: LocalStack) -> dict[str, Any]:
    """What each process answers: ms of a scrape that reads the store (`cold_ms`) and of one that need not, bytes, series."""
    addresses = {
        f"{service}-{role}": f"http://127.0.0.1:{port}/metrics"
        for service in SERVICES
        for role, port in (("web", stack.ports.web_of(service)), ("background", stack.ports.background_of(service)))
    }
    with httpx.Client(timeout=60, trust_env=False) as client:
        cold: dict[str, list[float]] = {name: [] for name in addresses}
        for number in range(3):
            time.sleep(FORGOTTEN_SECONDS if number else 0)
            for name, address in addresses.items():
                cold[name].append(_timed(lambda address=address: client.get(address))[0])
        return {name: _scraped(client, address, cold[name]) for name, address in addresses.items()}


def _scraped(client: httpx.Client, address: str, cold: Sequence[float]) -> dict[str, Any]:
    answers = [_timed(lambda: client.get(address).raise_for_status()) for _ in range(SCRAPES)]
    text = answers[-1][1].text
    series = sum(not line.startswith("#") for line in text.splitlines())
    found = {"ms": rounded(median(cold), 1), "cached_ms": rounded(median(ms for ms, _ in answers), 1)}
    return {**found, "bytes": len(text.encode()), "series": series}


def _timed(work: Callable[[], httpx.Response]) -> tuple[float, httpx.Response]:
    began = time.perf_counter()
    answer = work()
    return (time.perf_counter() - began) * 1000, answer


def _in_turn(number: int) -> Sequence[str]:
    return (WITH, WITHOUT) if number % 2 == 0 else (WITHOUT, WITH)


def _lost(mine: Sequence[float], others: Sequence[float]) -> float:
    """By how many per cent a rate is lower."""
    return round(median(100 * (1 - one / other) for one, other in zip(mine, others, strict=True)), 1)


def _gained(mine: Sequence[float], others: Sequence[float]) -> float:
    """By how many per cent a time is longer."""
    return round(median(100 * (one / other - 1) for one, other in zip(mine, others, strict=True)), 1)


def measure(asked: argparse.Namespace) -> dict[str, Any]:
    """Everything. Raises TurnFailed."""
    loads = [_load()]
    found: dict[str, Any] = {"pipeline": pipeline(asked), "http": requests(asked)}
    loads.append(_load())
    if not asked.no_scrapes:
        with populated(_say) as stack:
            found["scrape"] = scrapes(stack)
    costs = [found["http"], *found["pipeline"].values()]
    worst = max(each[what] for each in costs for what in ("cost_percent", "cpu_cost_percent"))
    setup = {"pairs": asked.pairs, "seconds": asked.seconds, "threads": asked.threads, "cores": os.cpu_count()}
    return found | {"target_percent": TARGET_PERCENT, "ok": worst <= TARGET_PERCENT, "setup": {**setup, "load_average": loads}}


def _load() -> list[float]:
    return [round(load, 1) for load in os.getloadavg()]


def main() -> int:
    """Run it. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.metrics")
    parser.add_argument("--store", required=True)
    parser.add_argument("--kafka", required=True)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--no-scrapes", action="store_true")
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
