"""Playing turns: each contestant in a process of its own, one after the other, so that the machine is its alone."""

import json
import random
import string
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.failure import TurnFailed
from tests.bench.turn import LONGEST
from tests.bench.work import Run

LINES_OF_TROUBLE = 60


@dataclass(frozen=True)
class Outcome:
    """What a turn took."""

    events: int
    seconds: float
    cpu_seconds: float

    @property
    def rate(self) -> float:
        """Events a second."""
        return self.events / self.seconds

    @property
    def cpu_us(self) -> float:
        """Client CPU of an event in microseconds."""
        return self.cpu_seconds / self.events * 1e6


def fresh_name() -> str:
    """A name that no other run has, of letters alone since it becomes part of event types."""
    return "b" + "".join(random.choices(string.ascii_lowercase, k=9))  # noqa: S311 - no secret


def play(row: str, contestant: str, events: int, store: str, kafka: str, through: Sequence[str] = ()) -> Outcome:
    """Play one turn, ``through`` another module that runs it. Raises TurnFailed."""
    run = Run(name=fresh_name(), row=row, contestant=contestant, events=events, store=store, kafka=kafka)
    command = [sys.executable, "-m", *through, "tests.bench.turn"]
    done = subprocess.run(  # noqa: S603 - our own command line
        command, env=run.environment(), capture_output=True, text=True, check=False, timeout=LONGEST + 30
    )
    if done.returncode:
        said = "\n".join(done.stderr.strip().splitlines()[-LINES_OF_TROUBLE:])
        raise TurnFailed(f"{contestant} did not do {row} ({events} events): {said}")
    return Outcome(**json.loads(done.stdout.splitlines()[-1]))
