"""`nassij clock`."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import click

from operator_cli.errors import BadInput, Refusal
from operator_cli.output import as_json, print_json
from operator_cli.stack.layout import Layout, write_whole
from operator_cli.stack.local import LocalStack

LEGAL_ZONE = ZoneInfo("Africa/Casablanca")
SPAN = re.compile(r"(\d+)([dhms])")
UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
MORNING = time(8, 0)


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  nassij clock                     what time the services live in
  nassij clock set 2026-03-02      08:00 of that day in Casablanca
  nassij clock advance 48h         also 3d, 90m, 30s
  nassij clock reset               the machine's own time again""",
)
@as_json
@click.pass_context
def clock(ctx: click.Context, as_json: bool) -> None:
    """Show or turn the demo clock, an offset that every service of the local stack adds to the machine's time."""
    if ctx.invoked_subcommand is None:
        _show(as_json=as_json)


@clock.command("set")
@click.argument("moment")
def set_to(moment: str) -> None:
    """Make it MOMENT now: a day (2026-03-02) or a moment (2026-03-02T10:00, in Casablanca unless it says otherwise)."""
    _write(_moment(moment) - datetime.now(UTC))
    _show(as_json=False)


@clock.command()
@click.argument("span")
def advance(span: str) -> None:
    """Turn the clock forward by SPAN, such as 48h."""
    found = SPAN.fullmatch(span)
    if not found:
        raise BadInput(f"A span is a number and a unit, such as 48h, 3d, 90m or 30s, not {span!r}.")
    _write(offset(LocalStack.chosen().layout) + timedelta(**{UNITS[found[2]]: int(found[1])}))
    _show(as_json=False)


@clock.command()
def reset() -> None:
    """Go back to the machine's own time."""
    LocalStack.chosen().layout.clock.unlink(missing_ok=True)
    _show(as_json=False)


def offset(layout: Layout) -> timedelta:
    """How far the demo clock is ahead of the machine's."""
    try:
        return timedelta(seconds=float(layout.clock.read_text()))
    except FileNotFoundError:
        return timedelta()
    except ValueError:
        raise Refusal(f"{layout.clock} does not hold a number of seconds; `nassij clock reset` removes it.") from None


def _moment(text: str) -> datetime:
    try:
        if len(text) == len("2026-03-02"):
            return datetime.combine(date.fromisoformat(text), MORNING, LEGAL_ZONE)
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"A moment is written 2026-03-02 or 2026-03-02T10:00, not {text!r}.") from None
    return found if found.tzinfo else found.replace(tzinfo=LEGAL_ZONE)


def _write(ahead: timedelta) -> None:
    layout = LocalStack.chosen().layout
    layout.home.mkdir(parents=True, exist_ok=True)
    write_whole(layout.clock, str(ahead.total_seconds()))


def _show(*, as_json: bool) -> None:
    ahead = offset(LocalStack.chosen().layout)
    now = datetime.now(UTC) + ahead
    if as_json:
        print_json({"now": now.isoformat(timespec="seconds"), "offset_seconds": ahead.total_seconds()})
    else:
        turned = f" (the machine's time {'+' if ahead >= timedelta() else '-'} {abs(ahead)})" if ahead else " (the machine's own)"
        click.echo(f"{now.astimezone(LEGAL_ZONE):%A %d %B %Y %H:%M:%S} in Casablanca{turned}")
