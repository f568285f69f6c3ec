"""`python -m tests.bench.pipeline --store URI --kafka ADDRESS`: consume -> watermark -> effect -> outbox -> commit -> publish.

Five contestants in two rows (tests/bench/work.py), one after the other in each round, beginning with another one each round.
A ratio is the median of the rounds' ratios. Prints one JSON object; what it is doing goes to standard error.
"""

import argparse
import json
import os
import sys
from collections import defaultdict
from statistics import median
from typing import Any

from pymongo import MongoClient

from tests.bench import latency
from tests.bench.failure import TurnFailed
from tests.bench.figures import rounded, spread
from tests.bench.turn import CONTESTANTS, FASTSTREAM, FASTSTREAM_BATCH, OURS, SAME_GUARANTEES, UNSAFE
from tests.bench.turns import Outcome, play
from tests.bench.work import BATCH, BULK, PAYLOAD_BYTES, REACTION, SESSIONS

RATIOS = {
    "ratio_same_guarantees": SAME_GUARANTEES,
    "ratio_unsafe": UNSAFE,
    "ratio_faststream": FASTSTREAM,
    "ratio_faststream_batch": FASTSTREAM_BATCH,
}
SAMPLE, SLOW_SAMPLE, SLOW_STEP = 2 * BATCH, 100, 50
MOST_EVENTS = 60_000

Rounds = dict[str, list[Outcome]]


class Pipeline:
    """One run of the benchmark on one broker and store."""

    def __init__(self, store: str, kafka: str, seconds: float) -> None:
        self._store, self._kafka, self._seconds = store, kafka, seconds
        self.events: dict[str, dict[str, int]] = {}
        self.outcomes: dict[str, Rounds] = {BULK: defaultdict(list), REACTION: defaultdict(list)}

    def warm_up(self) -> None:
        """Find out how many events a turn takes: the same for all, but for the one that takes them singly."""
        for row in self.outcomes:
            batched = self._events(self._play(row, SAME_GUARANTEES, SAMPLE).rate, BATCH)
            singly = self._events(self._play(row, FASTSTREAM, SLOW_SAMPLE).rate, SLOW_STEP)
            self.events[row] = dict.fromkeys(CONTESTANTS, batched) | {FASTSTREAM: min(singly, batched)}

    def round(self, number: int) -> None:
        """Every contestant once in every row."""
        names = list(CONTESTANTS)
        first = number % len(names)
        for row in self.outcomes:
            for contestant in (*names[first:], *names[:first]):
                self.outcomes[row][contestant].append(self._play(row, contestant, self.events[row][contestant]))

    def _events(self, rate: float, step: int) -> int:
        return min(MOST_EVENTS, max(2, round(rate * self._seconds / step)) * step)

    def _play(self, row: str, contestant: str, events: int) -> Outcome:
        outcome = play(row, contestant, events, self._store, self._kafka)
        _say(f"{row:9} {contestant:17} {outcome.events:6} events {outcome.rate:8.0f}/s {outcome.cpu_us:7.0f} us CPU")
        return outcome


def result_of(rounds: Rounds) -> dict[str, Any]:
    """The ratios of one row: ours to each other's, above 1 where ours is faster (for CPU: where ours takes more)."""
    ours = rounds[OURS]
    found: dict[str, Any] = {
        name: round(median(mine.rate / other.rate for mine, other in zip(ours, rounds[against], strict=True)), 3)
        for name, against in RATIOS.items()
    }
    pairs = zip(ours, rounds[SAME_GUARANTEES], strict=True)
    found["cpu_per_event_ratio"] = round(median(mine.cpu_us / other.cpu_us for mine, other in pairs), 3)
    found["events_per_second"] = rounded(median(mine.rate for mine in ours))
    found["contestants"] = {
        name: {
            "events_per_second": spread([each.rate for each in outcomes]),
            "cpu_us_per_event": spread([each.cpu_us for each in outcomes]),
        }
        for name, outcomes in rounds.items()
    }
    return found


def setup_of(pipeline: Pipeline, pairs: int, store: str) -> dict[str, Any]:
    """Under which conditions the figures came about."""
    with MongoClient[Any](store) as client:
        version = client.server_info()["version"]
    return {
        "pairs": pairs,
        "events": pipeline.events,
        "sessions": SESSIONS,
        "payload_bytes": PAYLOAD_BYTES,
        "batch": BATCH,
        "store": f"{store.rpartition('@')[2].removeprefix('mongodb://').split('/')[0]} (answers as MongoDB {version})",
        "cores": os.cpu_count(),
        "load_average": [round(load, 1) for load in os.getloadavg()],
    }


def main() -> int:
    """Run it. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pipeline")
    parser.add_argument("--store", required=True)
    parser.add_argument("--kafka", required=True)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rate", type=float, default=40.0)
    asked = parser.parse_args()
    pipeline = Pipeline(asked.store, asked.kafka, asked.seconds)
    try:
        pipeline.warm_up()
        setup = setup_of(pipeline, asked.pairs, asked.store)
        for number in range(asked.pairs):
            pipeline.round(number)
        waited = latency.measure(asked.store, asked.kafka, asked.rate)
    except TurnFailed as failed:
        _say(f"nassij: {failed}")
        return 1
    rows = {row: result_of(rounds) for row, rounds in pipeline.outcomes.items()}
    print(json.dumps({**rows, "latency_ms": waited, "setup": setup}))  # noqa: T201 - the answer
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - progress


if __name__ == "__main__":
    sys.exit(main())
