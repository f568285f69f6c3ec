"""The process that keeps all others running, detached from any terminal.

`python -m operator_cli.stack.supervisor HOME PARTS PORTS [GUARDIAN]`, where PORTS is a JSON object and GUARDIAN the id of a
process without which the stack is not wanted any more.
It starts everything in the order of need, starts again what ends, and on SIGTERM stops all in reverse order.
"""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from operator_cli.stack import jars, state
from operator_cli.stack.identity import is_alive, started_at
from operator_cli.stack.keeper import Keeper
from operator_cli.stack.layout import Layout
from operator_cli.stack.ports import Ports
from operator_cli.stack.specs import Spec, specs_of
from operator_cli.stack.state import Board, Process, State

HOLDS_EVERY = 0.2
GUARDIAN_EVERY = 1.0

SpecsFor = Callable[[str], Sequence[Spec]]
"""The processes of some parts of the stack."""

log = structlog.get_logger()


class Supervisor:
    """All keepers of one stack."""

    def __init__(self, layout: Layout, ports: Ports, parts: str, specs_for: SpecsFor) -> None:
        me = os.getpid()
        self._layout = layout
        self._specs_for = specs_for
        self._board = Board(layout, State(me, started_at(me) or 0.0, parts, ports))
        self._usable: dict[str, threading.Event] = {}
        self._keepers = self._take_in(parts)
        self._stopping = threading.Event()

    def run(self) -> None:
        """Start all, and stay until asked to stop."""
        self._board.publish()
        for keeper in self._keepers:
            keeper.start()
        while not self._stopping.wait(HOLDS_EVERY):
            self._add_what_is_wanted()
            for keeper in self._keepers:
                if keeper.is_to_be_held():
                    keeper.end_process()
        self._stop_all()

    def ask_to_stop(self) -> None:
        """Make `run` stop everything and return; may be called from a signal handler or another thread."""
        self._stopping.set()

    def _take_in(self, parts: str) -> list[Keeper]:
        """Keepers for what these parts have and the stack has not."""
        specs = [spec for spec in self._specs_for(parts) if spec.name not in self._usable]
        self._usable.update({spec.name: threading.Event() for spec in specs})
        self._board.add(parts, [Process(spec.name, spec.address, task=spec.mark is not None) for spec in specs])
        return [Keeper(spec, self._layout, self._board, self._usable) for spec in specs]

    def _add_what_is_wanted(self) -> None:
        try:
            parts = self._layout.wanted.read_text()
        except FileNotFoundError:
            return
        self._layout.wanted.unlink()
        log.info("takes in more", parts=parts)
        added = self._take_in(parts)
        self._keepers.extend(added)
        for keeper in added:
            keeper.start()

    def _stop_all(self) -> None:
        """Last started, first stopped; those of one level together."""
        for level in reversed(levels([keeper.spec for keeper in self._keepers])):
            stops = [threading.Thread(target=keeper.stop) for keeper in self._keepers if keeper.spec.name in level]
            for stop in stops:
                stop.start()
            for stop in stops:
                stop.join()


def levels(specs: Sequence[Spec]) -> list[set[str]]:
    """Names by how many steps lie before them: those of one level do not need each other."""
    needs = {spec.name: spec.after for spec in specs}

    def depth(name: str) -> int:
        return 1 + max((depth(before) for before in needs[name]), default=-1)

    found: list[set[str]] = [set() for _ in specs]
    for name in needs:
        found[depth(name)].add(name)
    return [level for level in found if level]


def stop_without(supervisor: Supervisor, guardian: int) -> None:
    """Stop the supervisor as soon as this process has gone."""
    born = started_at(guardian)
    while is_alive(guardian, born):
        time.sleep(GUARDIAN_EVERY)
    log.info("guardian has gone", guardian=guardian)
    supervisor.ask_to_stop()


def main(home: str, parts: str, ports: str, guardian: str = "") -> None:
    """Supervise until SIGTERM or SIGINT, or until the guardian has gone."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ]
    )
    layout, placed = Layout(Path(home)), Ports(**json.loads(ports))
    supervisor = Supervisor(layout, placed, parts, lambda chosen: specs_of(layout, placed, chosen, jars.classpath()))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: supervisor.ask_to_stop())
    if guardian:
        threading.Thread(target=stop_without, args=(supervisor, int(guardian)), daemon=True).start()
    log.info("started", parts=parts, pid=os.getpid())
    supervisor.run()
    log.info("stopped", state=state.STOPPED)


if __name__ == "__main__":
    main(*sys.argv[1:])
