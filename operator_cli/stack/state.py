"""What is known of the stack's processes: kept by the supervisor, read by everybody from one small file."""

import json
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from operator_cli.stack.layout import Layout, write_whole
from operator_cli.stack.ports import Ports

WAITING, STARTING, READY, PAUSING, HELD, DONE, STOPPED = "waiting", "starting", "ready", "pausing", "held", "done", "stopped"
"""Waiting for what it needs; starting; ready; ended, soon to start again; held by an operator; a finished task; stopped."""


@dataclass
class Process:
    """One process or task; `started` is the kernel's creation time of `pid`, which together name it for ever."""

    name: str
    address: str = ""
    task: bool = False
    state: str = WAITING
    pid: int | None = None
    started: float | None = None
    restarts: int = 0
    failures: int = 0
    note: str = ""

    @property
    def settled(self) -> bool:
        """Whether nothing more needs to happen before it can be used."""
        return self.state in (READY, DONE, HELD)


@dataclass
class State:
    """The supervisor and all its processes."""

    pid: int
    started: float
    parts: str
    ports: Ports
    processes: list[Process] = field(default_factory=list)

    def process(self, name: str) -> Process | None:
        """The process of this name, if the stack has one."""
        return next((process for process in self.processes if process.name == name), None)


def read(layout: Layout) -> State | None:
    """What the last supervisor wrote, whether it still lives or not; None if there never was one."""
    try:
        found: dict[str, Any] = json.loads(layout.state.read_text())
    except FileNotFoundError:
        return None
    processes = [Process(**process) for process in found.pop("processes")]
    return State(**{**found, "ports": Ports(**found["ports"])}, processes=processes)


class Board:
    """The supervisor's own copy; a change is on disk when its call returns, so a killed supervisor leaves no orphan unnamed."""

    def __init__(self, layout: Layout, state: State) -> None:
        self._layout = layout
        self._state = state
        self._lock = threading.Lock()

    def set(self, name: str, **changes: Any) -> None:
        """Change what is known of one process."""
        with self._lock:
            process = self._state.process(name)
            if process is None:
                raise KeyError(name)
            for field_name, value in changes.items():
                setattr(process, field_name, value)
            self._write()

    def add(self, parts: str, processes: Sequence[Process]) -> None:
        """Take in more processes."""
        with self._lock:
            self._state.parts = parts
            self._state.processes.extend(processes)
            self._write()

    def publish(self) -> None:
        """Write the state as it is now."""
        with self._lock:
            self._write()

    def _write(self) -> None:
        write_whole(self._layout.state, json.dumps(asdict(self._state)))
