"""`nassij up`."""

import time

import click

from operator_cli.output import as_json, print_json, print_table
from operator_cli.progress import progress
from operator_cli.stack.local import LocalStack
from operator_cli.stack.parts import EVERYTHING, INFRASTRUCTURE, MONITORING
from operator_cli.stack.state import State


@click.command(
    epilog="""\b
Examples:
  nassij up
  nassij up --only infrastructure         broker and store alone
  nassij up --only registry,training      with some of the services
  nassij up --monitoring                  with Prometheus and Alertmanager; also beside a stack that runs already
  NASSIJ_PORT_BASE=20000 NASSIJ_HOME=/tmp/second nassij up     a second stack beside the first"""
)
@click.option("--only", "parts", default=EVERYTHING, metavar="PARTS", help=f"{INFRASTRUCTURE}, or names of services with commas.")
@click.option("--monitoring", "watched", is_flag=True, help="Also run this machine's Prometheus and Alertmanager.")
@as_json
def up(parts: str, watched: bool, as_json: bool) -> None:
    """Start Kafka, the store, the mail sink and the services, and wait until all of them are ready.

    Safe to call again: what runs is left alone, what is missing is started. Ports and folder are settings: NASSIJ_PORT_BASE,
    NASSIJ_HOME.
    """
    begun = time.monotonic()
    stack = LocalStack.chosen(f"{parts},{MONITORING}" if watched else parts)
    with progress(silent=as_json) as shown:
        started = stack.start(shown.watch, shown.announce)
    found, seconds = stack.running(), round(time.monotonic() - begun, 1)
    if as_json:
        print_json({"ok": True, "started": started, "seconds": seconds, "addresses": addresses(found)})
    else:
        click.echo(f"Ready after {seconds} s." if started else "It was up already.")
        print_table(["process", "address"], addresses(found).items())


def addresses(found: State) -> dict[str, str]:
    """Where each process answers."""
    known = {process.name: process.address for process in found.processes if not process.task}
    if "smtp" in known:
        known["mails"] = f"http://127.0.0.1:{found.ports.smtp_reader}/messages"
    return known
