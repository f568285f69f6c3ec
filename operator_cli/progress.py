"""Progress of a start or a stop: a live table on a terminal, a line a process elsewhere, nothing when JSON was asked for."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from operator_cli.stack.state import DONE, HELD, PAUSING, READY, STARTING, STOPPED, WAITING, Process, State

if TYPE_CHECKING:
    from rich.table import Table

MARKS = {
    WAITING: ("·", "dim"),
    STARTING: ("…", "yellow"),
    READY: ("✓", "green"),
    DONE: ("✓", "green"),
    PAUSING: ("!", "red"),
    HELD: ("-", "yellow"),
    STOPPED: ("·", "dim"),
}


class Silent:
    """Shows nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        """Nothing to tidy."""

    def watch(self, state: State) -> None:
        """Take note of how far it is."""

    def announce(self, sentence: str) -> None:
        """Say one thing that takes a while."""


class Lines(Silent):
    """One line for each process when it becomes ready."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._told: dict[str, str] = {}

    def watch(self, state: State) -> None:
        """Tell what changed to ready or to trouble."""
        for process in state.processes:
            if process.state in (READY, PAUSING) and self._told.get(process.name) != process.state:
                self._told[process.name] = process.state
                mark, _ = MARKS[process.state]
                click.echo(
                    f"{mark} {process.name:<26} {process.note or process.address} ({time.monotonic() - self._begun:.1f} s)"
                )

    def announce(self, sentence: str) -> None:
        """Say it."""
        click.echo(sentence)


class Live(Silent):
    """A table that is drawn again in place."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.live import Live as RichLive

        self._console = Console()
        self._live = RichLive(console=self._console, auto_refresh=False, transient=False)

    def __enter__(self) -> Self:
        self._live.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._live.__exit__(kind, error, trace)

    def watch(self, state: State) -> None:
        """Draw it."""
        self._live.update(_table(state), refresh=True)

    def announce(self, sentence: str) -> None:
        """Print it above the table."""
        self._console.print(sentence)


def _table(state: State) -> "Table":
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    for process in _shown(state):
        mark, style = MARKS[process.state]
        table.add_row(f"[{style}]{mark}[/]", process.name, f"[{style}]{process.state}[/]", process.note or process.address)
    return table


def _shown(state: State) -> Iterator[Process]:
    """The processes, and those tasks that are being done right now."""
    for process in state.processes:
        if not process.task or process.state in (STARTING, PAUSING):
            yield process


@contextmanager
def progress(*, silent: bool) -> Iterator[Silent]:
    """What suits whoever looks."""
    shown = Silent() if silent else Live() if sys.stdout.isatty() else Lines()
    with shown:
        yield shown
