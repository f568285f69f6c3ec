"""The chassis of the benchmark that says what instrumentation costs: nothing is measured, and all else goes on."""

import subprocess
import sys

from tests.bench.metrics import _gained, _lost

SILENT = """
from datetime import UTC, datetime
from tests.bench.uninstrumented import silence

silence()
from chassis import background, metrics
from chassis.consumer.worker import State
from chassis.http import app

metrics.HTTP_SECONDS.labels("GET", "/", "200").observe(1)
metrics.LOOP_SECONDS.labels(loop="relay").set_to_current_time()
metrics.OUTBOX_DELAY_SECONDS.observe_all(1 / 0 for _ in range(9))
metrics.show_state(metrics.CONSUMER_STATE, State, State.RUNNING)
metrics.Ages([], datetime.now(UTC)).settled([None])
metrics.OUTBOX_PUBLISHED.inc(3)
print(metrics.OUTBOX_PUBLISHED._value.get())
"""


def test_nothing_is_measured_but_the_count_that_ends_a_turn() -> None:
    done = subprocess.run([sys.executable, "-c", SILENT], capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert (done.returncode, done.stdout.strip()) == (0, "3.0"), done.stderr


def test_it_must_come_before_the_chassis() -> None:
    late = "from chassis import metrics; from tests.bench.uninstrumented import silence; silence()"
    done = subprocess.run([sys.executable, "-c", late], capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert "The chassis measures already." in done.stderr


def test_a_cost_is_the_median_of_the_pairs() -> None:
    assert _lost([95, 50, 96], [100, 100, 100]) == 5.0
    assert _gained([104, 150, 90], [100, 100, 100]) == 4.0
