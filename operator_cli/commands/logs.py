"""`nassij logs`."""

import time
from collections import deque
from pathlib import Path
from typing import TextIO

import click

from operator_cli.errors import Refusal
from operator_cli.stack.layout import Layout
from operator_cli.stack.local import LocalStack

LOOK_EVERY = 0.3


@click.command(
    epilog="""\b
Examples:
  nassij logs                           the last lines of every process
  nassij logs training-background -n 100
  nassij logs supervisor kafka -f       go on showing until Ctrl-C"""
)
@click.argument("processes", nargs=-1)
@click.option("-n", "--lines", type=click.IntRange(min=0), default=10, show_default=True, help="Lines of each.")
@click.option("-f", "--follow", is_flag=True, help="Go on showing what comes.")
def logs(processes: tuple[str, ...], lines: int, follow: bool) -> None:
    """Show what processes wrote (also `supervisor`, and tasks such as `registry-migrate`)."""
    files = _files(LocalStack.chosen().layout, processes)
    opened = [(path.stem, path.open(errors="replace")) for path in files]
    for name, file in opened:
        for line in deque(file, lines):
            _show(name, line, alone=len(opened) == 1)
    while follow:
        came = [_more(name, file, alone=len(opened) == 1) for name, file in opened]
        if not any(came):
            time.sleep(LOOK_EVERY)


def _files(layout: Layout, names: tuple[str, ...]) -> list[Path]:
    present = sorted(layout.logs.glob("*.log"))
    if not present:
        raise Refusal(f"There are no logs in {layout.logs} yet; start the stack with `nassij up`.")
    for name in names:
        if layout.log(name) not in present:
            raise Refusal(f"There is no log of {name}; there are {', '.join(path.stem for path in present)}.")
    return [layout.log(name) for name in names] if names else present


def _more(name: str, file: TextIO, *, alone: bool) -> bool:
    """Show what was written since the last look; whether there was anything."""
    new = file.readlines()
    for line in new:
        _show(name, line, alone=alone)
    return bool(new)


def _show(name: str, line: str, *, alone: bool) -> None:
    click.echo(line.rstrip("\n") if alone else f"{click.style(name, fg='cyan')} {line.rstrip()}")
