"""`nassij status`."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from operator_cli.addresses import Addresses, elsewhere
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
    away = elsewhere()
    if away is not None:
        ctx.exit(0 if _tell(away, None, as_json=as_json) else 1)
    stack = LocalStack.chosen()
    found = stack.state()
    if found is None:
        if as_json:
            print_json({"running": False, "ok": False, "home": str(stack.layout.home), "processes": []})
            ctx.exit(NotRunning.exit_code)
        stack.running()
        return
    ctx.exit(0 if _tell(Addresses.of(stack), {"pid": found.pid, "parts": found.parts}, as_json=as_json) else 1)


def _tell(stack: Addresses, supervisor: dict[str, Any] | None, *, as_json: bool) -> bool:
    """Show how a stack does (`supervisor` is None for one that something else runs) and answer whether all is well."""
    report = survey(stack)
    ok = all(health.well for health in report)
    if as_json:
        about = {"running": True, "ok": ok, "home": str(stack.layout.home), "supervisor": supervisor}
        print_json({**about, "processes": [asdict(health) for health in report]})
    else:
        print_table(COLUMNS, map(_row, report), _style)
    return ok


def _row(health: Health) -> Sequence[object]:
    counts = (health.consumer_lag, health.outbox_pending, health.waiting_keys, health.dead_letters)
    ready = "yes" if health.ready else "no"
    consumer = f"consumer {health.consumer}" if health.consumer not in FINE else ""
    remark = ": ".join(part for part in (consumer, health.detail) if part)
    return (health.name, health.address, health.pid, health.state, ready, health.restarts, *counts, remark)


def _style(row: Sequence[object]) -> str:
    return "" if row[4] == "yes" and not row[9] else "red"
