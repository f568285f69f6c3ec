"""How a run is shown while it goes on: a bar a step on a terminal, a line a step elsewhere, nothing when JSON was asked for."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Shown:
    """Shows nothing."""

    def begin(self, title: str) -> None:
        """A step begins."""

    def total(self, count: int) -> None:
        """The step under way has so many parts."""

    def advance(self) -> None:
        """One part of the step under way is done."""

    def end(self, title: str, said: str) -> None:
        """A step is done, and what came of it."""


class Lines(Shown):
    """A line a step."""

    def begin(self, title: str) -> None:  # noqa: ARG002 - the line comes when the step is done
        """Take the time."""
        self._begun = time.monotonic()

    def end(self, title: str, said: str) -> None:
        """Say what came of it."""
        click.echo(f"{time.monotonic() - self._begun:6.1f} s  {title}: {said}")


class Bars(Shown):
    """A progress bar a step, and beside it what came of it."""

    def __init__(self, progress: "Progress") -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def begin(self, title: str) -> None:
        """Add a bar of unknown length."""
        self._task = self._progress.add_task(title, total=None, said="")

    def total(self, count: int) -> None:
        """Give it its length."""
        if self._task is not None:
            self._progress.update(self._task, total=count, completed=0)

    def advance(self) -> None:
        """Move it."""
        if self._task is not None:
            self._progress.advance(self._task)

    def end(self, title: str, said: str) -> None:  # noqa: ARG002 - the bar has it
        """Fill it, and tell what came of it beside it."""
        if self._task is not None:
            task = self._progress.tasks[self._task]
            total = task.total or 1
            self._progress.update(self._task, total=total, completed=total, said=said)
            self._progress.stop_task(self._task)


@contextmanager
def shown(*, silent: bool) -> Iterator[Shown]:
    """What suits whoever looks."""
    if silent:
        yield Shown()
    elif not sys.stdout.isatty():
        yield Lines()
    else:
        with _progress() as progress:
            yield Bars(progress)


def _progress() -> "Progress":
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.table import Column

    said = TextColumn("[dim]{task.fields[said]}", table_column=Column(ratio=1, overflow="ellipsis", no_wrap=True))
    return Progress(TextColumn("{task.description}"), BarColumn(bar_width=20), TimeElapsedColumn(), said, expand=True)
