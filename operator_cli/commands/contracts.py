"""`nassij contracts`."""

import subprocess
import sys

import click

from operator_cli.errors import Refusal
from operator_cli.output import as_json, print_json
from operator_cli.stack.layout import ROOT

DRIFT = 1
MADE_BY = ("chassis.contracts", "chassis.metrics")
"""What makes contracts/ and docs/events.md, and what makes docs/metrics.md."""


@click.command(
    epilog="""\b
Examples:
  nassij contracts write      after a change of an event or a metric: commit what it makes
  nassij contracts check      a line for each file that differs; exit code 1 if there is one"""
)
@click.argument("action", type=click.Choice(["write", "check"]))
@as_json
@click.pass_context
def contracts(ctx: click.Context, action: str, as_json: bool) -> None:
    """Write contracts/, docs/events.md and docs/metrics.md from what services declare, or check that they still say so."""
    done = [_run(module, action) for module in MADE_BY]
    lines = [line for code, said in done for line in said]
    drifted = any(code == DRIFT for code, _ in done)
    if as_json:
        print_json({"ok": not drifted, ("drift" if action == "check" else "told"): lines})
    elif lines:
        click.echo("\n".join(lines))
    ctx.exit(DRIFT if drifted else 0)


def _run(module: str, action: str) -> tuple[int, list[str]]:
    """The exit code and what was said. Raises Refusal where the code cannot be read."""
    # The services are imported by a process of its own: this one speaks HTTP to them and knows nothing of their insides.
    command = [sys.executable, "-m", module, action]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode not in {0, DRIFT} or done.stderr:
        raise Refusal(done.stderr.strip().rpartition("\n")[2] or f"{' '.join(command[1:])} ended with {done.returncode}.")
    return done.returncode, done.stdout.splitlines()
