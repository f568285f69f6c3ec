"""A whole run on one stack: start it, play what was not played yet, and read what has come of it."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from operator_cli.demo.figures import Figures, read_figures
from operator_cli.demo.kill import Killer
from operator_cli.demo.memory import Memory, Programme
from operator_cli.demo.play import Play
from operator_cli.demo.quiet import until_quiet
from operator_cli.demo.scenario import STEPS
from operator_cli.demo.show import Shown
from operator_cli.demo.timeline import first_day
from operator_cli.demo.wire import REGION
from operator_cli.errors import Refusal
from operator_cli.stack.local import LocalStack
from vocabulary.legal_days import CASABLANCA


@dataclass
class Run:
    """What one run did and found; `seconds` from the ready stack to the last event."""

    play: Play
    figures: Figures
    changed: bool
    seconds: float
    killed: list[dict[str, Any]]


def run(stack: LocalStack, seed: int, scale: float, shown: Shown, kill: tuple[str, ...] = ()) -> Run:
    """Play the programme on a running stack.

    Raises Refusal when another programme was played there, when somebody else has let region 03 join, when a service refuses a
    step, and when a process is to be killed during a programme that is over.
    """
    begun = time.monotonic()
    memory = Memory(stack.layout)
    known = memory.recall(seed, scale)
    programme = known or Programme(seed, scale, first_day(datetime.now(CASABLANCA).date()))
    if kill and programme.finished:
        raise Refusal("The programme was played here already, so nothing is left to disturb; `nassij reset` clears it.")
    play = Play(stack, programme, begin=shown.total, advance=shown.advance)
    try:
        killed: list[dict[str, Any]] = []
        if not programme.finished:
            _refuse_strangers(play, known)
            memory.keep(programme)
            with Killer(stack, kill, programme.scale) as killer:
                _play(play, shown)
            killed = killer.report()
            memory.finish(programme)
        else:
            until_quiet(play.services)
        return Run(play, read_figures(play), not programme.finished, round(time.monotonic() - begun, 1), killed)
    finally:
        play.wire.close()


def _play(play: Play, shown: Shown) -> None:
    for step in STEPS:
        shown.begin(step.title)
        shown.end(step.title, step.play(play))


def _refuse_strangers(play: Play, known: Programme | None) -> None:
    """Raise Refusal where this is no stack of ours to play on."""
    if known is not None:
        return
    regions = play.wire.every("registry", "/v1/regions", "national")
    joined = [region["code"] for region in regions if region["state"] != "planned"]
    if joined:
        raise Refusal(
            f"Region {', '.join(joined)} joined on this stack without the demo, which begins with region {REGION} planned; "
            "play it on another stack (NASSIJ_HOME, NASSIJ_PORT_BASE) or clear this one with `nassij reset`."
        )
