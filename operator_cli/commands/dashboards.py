"""`nassij dashboards`."""

import importlib.util
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
  nassij dashboards write     after a change of their code: commit the JSON that it makes
  nassij dashboards check     a line for each file that differs; exit code 1 if there is one"""
)
@click.argument("action", type=click.Choice(["write", "check"]))
@as_json
@click.pass_context
def dashboards(ctx: click.Context, action: str, as_json: bool) -> None:
    """Write Grafana's dashboards (deploy/monitoring/dashboards) from their code, or check that they still say the same."""
    if importlib.util.find_spec("grafana_foundation_sdk") is None:
        raise Refusal(
            "Dashboards are made with grafana-foundation-sdk, of the extra `dev`: install requirements.lock and call again."
        )
    # A process of its own: the command's start does not wait for the models of Grafana.
    command = [sys.executable, "-m", "deploy.monitoring.dashboards", action]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode not in {0, DRIFT} or done.stderr:
        raise Refusal(done.stderr.strip().rpartition("\n")[2] or f"{' '.join(command[1:])} ended with {done.returncode}.")
    lines = done.stdout.splitlines()
    if as_json:
        print_json({"ok": done.returncode == 0, ("drift" if action == "check" else "told"): lines})
    elif lines:
        click.echo("\n".join(lines))
    ctx.exit(done.returncode)
