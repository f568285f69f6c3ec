"""`nassij logs`."""

import heapq
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta

import click

from operator_cli.errors import BadInput, Refusal
from operator_cli.logs.files import LogFile
from operator_cli.logs.lines import LEVELS, Line, Wanted
from operator_cli.logs.show import for_people, for_programs
from operator_cli.stack.layout import Layout
from operator_cli.stack.local import LocalStack

LOOK_EVERY = 0.3
USUAL_LINES = 10
AGO = re.compile(r"(?P<count>\d{1,6})(?P<unit>[smhd])")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def moment(_ctx: click.Context, _param: click.Parameter, value: str | None) -> datetime | None:
    """A moment of the machine's time, or so long ago. Raises BadInput for anything else."""
    if value is None:
        return None
    ago = AGO.fullmatch(value)
    if ago is not None:
        return datetime.now(UTC) - timedelta(**{UNITS[ago["unit"]]: int(ago["count"])})
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise BadInput(f"A moment is written 2026-03-02T08:00:00Z or, as long ago, 10m, 2h or 1d, not {value!r}.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@click.command(
    epilog="""\b
Examples:
  nassij logs                           the last lines of every process
  nassij logs training-background -n 100
  nassij logs supervisor kafka -f       go on showing until Ctrl-C
  nassij logs --correlation 01a2087b-0fd6-7499-a330-d29c7ae1fdc0 --follow
  nassij logs --level warning --since 10m"""
)
@click.argument("processes", nargs=-1)
@click.option("-n", "--lines", type=click.IntRange(min=0), help="Last lines of each, before any filter.  [default: 10]")
@click.option("-f", "--follow", is_flag=True, help="Go on showing what comes.")
@click.option(
    "-c", "--correlation", metavar="ID", help="Only what is about this id: of a first cause, a request, an event or an error."
)
@click.option("--level", type=click.Choice(LEVELS), default=LEVELS[0], help="Only lines of this level or a graver one.")
@click.option("--since", callback=moment, metavar="MOMENT", help="Only since then: 2026-03-02T08:00:00Z, 10m or 2h ago.")
@click.option("--json", "as_json", is_flag=True, help="Lines as they were written, one JSON a line.")
def logs(
    processes: tuple[str, ...],
    lines: int | None,
    follow: bool,
    correlation: str | None,
    level: str,
    since: datetime | None,
    as_json: bool,
) -> None:
    """Show what processes wrote, in order of time (also `supervisor`, and tasks such as `registry-migrate`).

    With a filter all that is kept is looked through, unless -n says how much. Times are the machine's, in UTC.
    """
    layout = LocalStack.chosen().layout
    wanted = Wanted(correlation, level, since)
    most = USUAL_LINES if lines is None and wanted == Wanted() else lines
    with ExitStack() as opened:
        files = [opened.enter_context(closing(LogFile(layout.log(name)))) for name in _names(layout, processes)]
        width = max(len(file.process) for file in files)
        _show(_kept(files, wanted, most, follow=follow), width, correlation, as_json=as_json)
        while follow:
            new = [] if processes else _come_in(layout, files)
            files += [opened.enter_context(closing(LogFile(layout.log(name)))) for name in new]
            came = sorted((line for file in files for line in file.more(wanted)), key=lambda line: line.time)
            _show(came, width, correlation, as_json=as_json)
            if not came:
                time.sleep(LOOK_EVERY)


def _names(layout: Layout, names: Sequence[str]) -> list[str]:
    present = [path.stem for path in sorted(layout.logs.glob("*.log"))]
    if not present:
        raise Refusal(f"There are no logs in {layout.logs} yet; start the stack with `nassij up`.")
    for name in names:
        if name not in present:
            raise Refusal(f"There is no log of {name}; there are {', '.join(present)}.")
    return list(dict.fromkeys(names)) or present


def _come_in(layout: Layout, files: Sequence[LogFile]) -> Iterable[str]:
    """Processes that began to write after this command did."""
    return {path.stem for path in layout.logs.glob("*.log")} - {file.process for file in files}


def _kept(files: Sequence[LogFile], wanted: Wanted, most: int | None, *, follow: bool) -> Iterator[Line]:
    """The lines that are there, those of all files merged as each is in its own order."""
    found: list[Iterable[Line]] = [file.all(wanted) if most is None else file.last(most, wanted) for file in files]
    yield from heapq.merge(*found, key=lambda line: line.time)
    if most is None and not follow:
        yield from (line for file in files for line in file.rest(wanted))


def _show(lines: Iterable[Line], width: int, hidden: str | None, *, as_json: bool) -> None:
    for line in lines:
        click.echo(for_programs(line) if as_json else for_people(line, width, hidden))
