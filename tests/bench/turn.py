"""`python -m tests.bench.turn`: one contestant's turn, in a process of its own; the run stands in the environment.

Prints one line of JSON: events, seconds, client CPU seconds.
"""

import faulthandler
import gc
import json
from collections.abc import Callable
from importlib import import_module

from tests.bench.ground import Ground
from tests.bench.stopwatch import Stopwatch
from tests.bench.work import Run

OURS, SAME_GUARANTEES, UNSAFE, FASTSTREAM, FASTSTREAM_BATCH = (
    "ours",
    "same_guarantees",
    "unsafe",
    "faststream",
    "faststream_batch",
)
CONTESTANTS = {
    OURS: ("tests.bench.ours.contest", "contest"),
    SAME_GUARANTEES: ("tests.bench.theirs.handwritten", "guaranteed"),
    UNSAFE: ("tests.bench.theirs.handwritten", "unsafe"),
    FASTSTREAM: ("tests.bench.theirs.faststream_loops", "one_by_one"),
    FASTSTREAM_BATCH: ("tests.bench.theirs.faststream_loops", "batches"),
}

LONGEST = 180.0
"""Seconds after which a turn ends itself, saying where each thread stands."""


def take_turn(run: Run) -> dict[str, float]:
    """Prepare, run, check, clear away. Raises WrongOutcome if the work was not done."""
    module, name = CONTESTANTS[run.contestant]
    contest: Callable[[Run, Stopwatch], None] = getattr(import_module(module), name)
    ground, stopwatch = Ground(run), Stopwatch()
    try:
        ground.prepare()
        if run.contestant != OURS:
            ground.prepare_for_others()
        ground.fill_feed()
        gc.collect()
        contest(run, stopwatch)
        ground.check(guaranteed=run.contestant != UNSAFE)
    finally:
        ground.clear()
    return {"events": run.events, "seconds": stopwatch.seconds, "cpu_seconds": stopwatch.cpu_seconds}


if __name__ == "__main__":
    faulthandler.dump_traceback_later(LONGEST, exit=True)
    print(json.dumps(take_turn(Run.current())))  # noqa: T201 - the answer to whoever started this process
