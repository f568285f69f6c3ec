"""`nassij demo`."""

import time
from typing import Any

import click

from operator_cli.demo.each import processes, run_each
from operator_cli.demo.report import as_object, tell
from operator_cli.demo.show import shown
from operator_cli.demo.stage import run
from operator_cli.errors import BadInput
from operator_cli.output import as_json, print_json, print_table
from operator_cli.progress import progress
from operator_cli.stack.local import LocalStack

EACH = "each"


@click.command(
    epilog="""\b
Examples:
  nassij demo
  nassij demo --json | tail -n 1 | jq .counts
  nassij demo --scale 0.1                         a tenth of the associations, in less time
  nassij demo --kill training-background          that process dies in the middle; the figures are the same
  nassij demo --scale 0.1 --kill each             a run for every process, on stacks of their own"""
)
@click.option(
    "--scale", type=click.FloatRange(0.1, 2), default=1.0, show_default=True, help="Size of the programme: 1 is 350 associations."
)
@click.option("--seed", type=int, default=3, show_default=True, help="What names, answers and absences are drawn from.")
@click.option(
    "--kill", "kill", multiple=True, metavar="PROCESS|each", help="Kill this process on the way; may be given several times."
)
@as_json
@click.pass_context
def demo(ctx: click.Context, scale: float, seed: int, kill: tuple[str, ...], as_json: bool) -> None:
    """Play the first region's programme from beginning to end, through the public API alone, and leave the stack running.

    The stack is started if it does not run. A second run changes nothing; one that was interrupted is taken up where it
    stopped. The demo clock begins 150 days ago and ends today. Ends with 1 when a figure is not what it should be.
    """
    _check(kill)
    ok = _each(seed, scale, as_json=as_json) if kill == (EACH,) else _once(seed, scale, kill, as_json=as_json)
    ctx.exit(0 if ok else 1)


def _check(kill: tuple[str, ...]) -> None:
    known = processes()
    for name in kill:
        if name != EACH and name not in known:
            raise BadInput(f"There is no process {name}; there are {', '.join(known)}, or {EACH} for one run for every process.")
    if EACH in kill and len(kill) > 1:
        raise BadInput(f"--kill {EACH} stands alone.")
    if len(set(kill)) < len(kill):
        raise BadInput("A process is killed once a run; name it once.")


def _once(seed: int, scale: float, kill: tuple[str, ...], *, as_json: bool) -> bool:
    begun = time.monotonic()
    stack = LocalStack.chosen()
    with progress(silent=as_json) as starting:
        stack.start(starting.watch, starting.announce)
    ready = round(time.monotonic() - begun, 1)
    with shown(silent=as_json) as bars:
        played = run(stack, seed, scale, bars, kill)
    found = as_object(played) | {"stack_ready_after": ready}
    if as_json:
        print_json(found)
    else:
        tell(played)
    return bool(found["ok"])


def _each(seed: int, scale: float, *, as_json: bool) -> bool:
    def told(found: dict[str, Any]) -> None:
        if not as_json:
            click.echo(f"{found['killed']}: {'same figures' if found['same_counts'] else found.get('problems', 'other figures')}")

    found = run_each(seed, scale, told)
    if as_json:
        print_json(found)
    else:
        columns = ("killed", "after_events", "restarts", "same_counts", "seconds")
        print_table(columns, [[each.get(name) for name in columns] for each in found["runs"]])
    return bool(found["ok"])
