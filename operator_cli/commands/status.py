"""`nassij status`."""

from collections.abc import Sequence
from dataclasses import asdict

import click

from operator_cli.errors import NotRunning
from operator_cli.health import FINE, Health, survey
from operator_cli.output import as_json, print_json, print_table
from operator_cli.stack.local import LocalStack

COLUMNS = ("process", "address", "pid", "state", "ready", "restarts", "lag", "outbox", "waiting", "dead", "remark")


@click.command(epilog="\b\nExamples:\n  nassij status\n  nassij status --json | jq '.processes[] | select(.ready | not)'")
@as_json
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Say how each process does.

    lag: events that its consumer has not read yet; outbox: events not yet published; waiting: keys that wait for an
    earlier event; dead: events that could not be applied (`nassij deadletters`). Ends with 1 when a process is not
    ready, a consumer does not run or a dead letter is open.
    """
    stack = LocalStack.chosen()
    found = stack.state()
    if found is None:
        if as_json:
            print_json({"running": False, "ok": False, "home": str(stack.layout.home), "processes": []})
            ctx.exit(NotRunning.exit_code)
        stack.running()
        return
    report = survey(found)
    ok = all(health.well for health in report)
    if as_json:
        supervisor = {"pid": found.pid, "parts": found.parts}
        processes = [asdict(health) for health in report]
        print_json({"running": True, "ok": ok, "home": str(stack.layout.home), "supervisor": supervisor, "processes": processes})
    else:
        print_table(COLUMNS, map(_row, report), _style)
    ctx.exit(0 if ok else 1)


def _row(health: Health) -> Sequence[object]:
    counts = (health.consumer_lag, health.outbox_pending, health.waiting_keys, health.dead_letters)
    ready = "yes" if health.ready else "no"
    consumer = f"consumer {health.consumer}" if health.consumer not in FINE else ""
    remark = ": ".join(part for part in (consumer, health.detail) if part)
    return (health.name, health.address, health.pid, health.state, ready, health.restarts, *counts, remark)


def _style(row: Sequence[object]) -> str:
    return "" if row[4] == "yes" and not row[9] else "red"
