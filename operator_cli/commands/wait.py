"""`nassij wait`."""

import re
import time
from collections.abc import Callable
from typing import Any

import click

from operator_cli.client import Services, call, must
from operator_cli.errors import BadInput, NotRunning
from operator_cli.health import FINE
from operator_cli.output import as_json, print_json
from operator_cli.stack.layout import ROOT, SERVICES

EVENT = re.compile(r"(?P<subject>[a-z-]+)/(?P<id>[^@/\s]+)@(?P<sequence>\d+)")
LOOK_EVERY = 0.1
QUIET_LOOKS = 6
"""Between two services an event is nowhere for a moment, and a lag is measured twice a second: one quiet look is not quiet."""


@click.command(
    epilog="""\b
Examples:
  nassij wait association/0198f1c2@3 --in training
  nassij wait region/03@2 --in training --in certification --timeout 10
  nassij wait --quiet --timeout 60

The event to wait for is what a POST answers in its header Nassij-Event."""
)
@click.argument("event", required=False)
@click.option(
    "--in", "services", multiple=True, type=click.Choice(SERVICES), help="Who must have applied it. [default: all others]"
)
@click.option("--from", "source", type=click.Choice(SERVICES), help="Who published it. [default: whose contract has the subject]")
@click.option("--quiet", is_flag=True, help="Wait until nothing is on its way anywhere.")
@click.option("--timeout", type=click.FloatRange(min=0), default=30.0, show_default=True, help="Seconds.")
@as_json
@click.pass_context
def wait(
    ctx: click.Context,
    event: str | None,
    services: tuple[str, ...],
    source: str | None,
    quiet: bool,
    timeout: float,
    as_json: bool,
) -> None:
    """Wait until services have applied an EVENT (SUBJECT/ID@SEQUENCE), or with --quiet until all is done.

    Quiet means in every service: nothing to publish, nothing unread, no key waiting, nothing to send that is due, no
    deadline overdue. Ends with 1 when the time is over.
    """
    if quiet == (event is not None):
        raise BadInput("Name one event, such as association/0198f1c2@3, or say --quiet.")
    asked = Services()
    begun = time.monotonic()
    look = _quiet_look(asked) if event is None else _event_look(asked, event, services, source)
    missing = _wait(look, timeout)
    _report(event, missing, time.monotonic() - begun, as_json=as_json)
    ctx.exit(1 if missing else 0)


def _wait(look: Callable[[], list[dict[str, Any]]], timeout: float) -> list[dict[str, Any]]:
    """Look until nothing is missing or the time is over; answer what still is."""
    deadline = time.monotonic() + timeout
    while True:
        missing = look()
        if not missing or time.monotonic() >= deadline:
            return missing
        time.sleep(LOOK_EVERY)


def _report(event: str | None, missing: list[dict[str, Any]], seconds: float, *, as_json: bool) -> None:
    if as_json:
        print_json({"ok": not missing, "seconds": round(seconds, 2), "missing": missing})
    elif missing:
        what = "; ".join(", ".join(f"{name} {value}" for name, value in each.items()) for each in missing)
        click.echo(f"Not yet after {seconds:.1f} s: {what}.")
    else:
        click.echo(f"{event or 'All quiet'} after {seconds:.1f} s.")


def _event_look(services: Services, event: str, given: tuple[str, ...], source: str | None) -> Callable[[], list[dict[str, Any]]]:
    found = EVENT.fullmatch(event)
    if not found:
        raise BadInput(f"An event is written SUBJECT/ID@SEQUENCE, such as association/0198f1c2@3, not {event!r}.")
    subject, key, wanted = found["subject"], found["id"], int(found["sequence"])
    publisher = source or publisher_of(subject)
    consumers = given or tuple(name for name in services.names if name != publisher)

    def look() -> list[dict[str, Any]]:
        reached = {name: services.get(name, f"/ops/watermarks/{publisher}/{subject}/{key}")["sequence"] for name in consumers}
        return [{"service": name, "sequence": at} for name, at in reached.items() if at < wanted]

    return look


def publisher_of(subject: str) -> str:
    """The service whose contract has events of this subject. Raises BadInput when it is none or more than one."""
    found = {path.parent.name for path in (ROOT / "contracts").glob(f"*/{subject}.*.json")}
    if len(found) != 1:
        raise BadInput(f"Say who published {subject}: --from {'|'.join(sorted(found) or SERVICES)}.")
    return found.pop()


def _quiet_look(services: Services) -> Callable[[], list[dict[str, Any]]]:
    quiet = 0

    def look() -> list[dict[str, Any]]:
        nonlocal quiet
        busy = [found for name in services.names if (found := on_its_way(services, name))]
        quiet = 0 if busy else quiet + 1
        return busy or ([] if quiet >= QUIET_LOOKS else [{"service": "all", "quiet": "only just"}])

    return look


def on_its_way(services: Services, name: str) -> dict[str, Any]:
    """What one service still has to do; empty when it has nothing."""
    try:
        status = must(call("GET", f"{services.background(name)}/ops/status"))
    except NotRunning:
        return {"service": name, "background": "not answering"}
    consumer = status["consumer"]
    work = {"lag": consumer["lag"], "waiting_keys": consumer["waiting_keys"], "outbox": status["outbox"]["pending"]}
    work |= {"intents": status["intents"]["due"], "deadlines": status["deadlines"]["overdue"]}
    left = {what: count for what, count in work.items() if count}
    if consumer["state"] not in FINE:
        left["consumer"] = consumer["state"]
    return {"service": name, **left} if left else {}
