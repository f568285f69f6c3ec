"""`nassij contracts`."""

import subprocess
import sys

import click

from operator_cli.errors import Refusal
from operator_cli.output import as_json, print_json
from operator_cli.stack.layout import ROOT

DRIFT = 1


@click.command(
    epilog="""\b
Examples:
  nassij contracts write      after a change of an event: commit what it makes
  nassij contracts check      a line for each file that differs; exit code 1 if there is one"""
)
@click.argument("action", type=click.Choice(["write", "check"]))
@as_json
@click.pass_context
def contracts(ctx: click.Context, action: str, as_json: bool) -> None:
    """Write contracts/ and docs/events.md from the services' event classes, or check that they still say the same."""
    # The services are imported by a process of its own: this one speaks HTTP to them and knows nothing of their insides.
    command = [sys.executable, "-m", "chassis.contracts", action]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode not in {0, DRIFT} or done.stderr:
        raise Refusal(done.stderr.strip().rpartition("\n")[2] or f"{' '.join(command[1:])} ended with {done.returncode}.")
    lines = done.stdout.splitlines()
    if as_json:
        print_json({"ok": done.returncode == 0, ("drift" if action == "check" else "told"): lines})
    elif lines:
        click.echo("\n".join(lines))
    ctx.exit(done.returncode)
