"""`nassij replay`."""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from operator_cli.errors import Refusal
from operator_cli.output import as_json, print_json
from operator_cli.stack.environment import service_environment
from operator_cli.stack.layout import ROOT, SERVICES
from operator_cli.stack.local import LocalStack

DIFFERENT = 1


@click.command(
    epilog="""\b
Examples:
  nassij replay observatory                 remove its projections and make them anew
  nassij replay observatory --verify        only compare: would they come out the same?
  nassij replay observatory --verify --json"""
)
@click.argument("service", type=click.Choice(SERVICES))
@click.option("--verify", is_flag=True, help="Replay beside the living projections, compare, and change nothing.")
@click.option("--pairs", type=click.IntRange(min=1), default=3, show_default=True, help="Rounds of --verify.")
@as_json
@click.pass_context
def replay(ctx: click.Context, service: str, verify: bool, pairs: int, as_json: bool) -> None:
    """Make the projections of SERVICE from the events alone, from the beginning. Services that act outwards refuse.

    A rebuild stops the service's background process as long as it takes; its page and API then show what is there so far.
    --verify leaves it running, compares the hashes of both states, and measures the replay against a loop without any
    guarantees that folds the same way. It ends with 1 where the states differ.
    """
    stack = LocalStack.chosen()
    stack.running()
    found = _verified(stack, service, pairs, silent=as_json) if verify else _rebuilt(stack, service, silent=as_json)
    if as_json:
        print_json(found)
    else:
        click.echo(_sentence(service, found))
    ctx.exit(0 if found["ok"] else DIFFERENT)


def _rebuilt(stack: LocalStack, service: str, *, silent: bool) -> dict[str, Any]:
    background = f"{service}-background"

    def heard(told: dict[str, Any]) -> None:
        if told.get("event") == "replay.waits":  # it may be done, and wants the projections alone
            stack.hold(background)

    try:
        done = _run(stack, service, ("chassis.run", service, "rebuild"), silent=silent, heard=heard)
    finally:
        stack.release(background)
    return {"ok": True, "dead_letters": done["dead_letters"], **_rate(done)}


def _verified(stack: LocalStack, service: str, pairs: int, *, silent: bool) -> dict[str, Any]:
    rounds = []
    for _ in range(pairs):
        ours = _run(stack, service, ("chassis.run", service, "verify"), silent=silent)
        rounds.append((ours, _run(stack, service, ("tests.bench.theirs.bare_fold",), silent=True)))
    equal = all(ours["hash"] == ours["living"] for ours, _ in rounds)
    ratios = [_rate(ours)["events_per_second"] / _rate(bare)["events_per_second"] for ours, bare in rounds]
    last, _ = rounds[-1]
    return {
        "ok": equal,
        "hash_equal": equal,
        "hash": last["hash"],
        "dead_letters": last["dead_letters"],
        "events": last["events"],
        "events_per_second": round(statistics.median(_rate(ours)["events_per_second"] for ours, _ in rounds)),
        "bare_events_per_second": round(statistics.median(_rate(bare)["events_per_second"] for _, bare in rounds)),
        "ratio_bare": round(statistics.median(ratios), 2),
        "pairs": pairs,
    }


def _rate(done: dict[str, Any]) -> dict[str, Any]:
    return {"events": done["events"], "events_per_second": round(done["events"] / max(done["seconds"], 0.001))}


def _run(
    stack: LocalStack,
    service: str,
    command: tuple[str, ...],
    *,
    silent: bool,
    heard: Callable[[dict[str, Any]], None] = lambda _: None,
) -> dict[str, Any]:
    """Run a process of the service's and answer its last line. Raises Refusal with its reason where it has nothing to say."""
    env = service_environment(stack.layout, stack.ports, service, "replay")
    last: dict[str, Any] = {}
    with _bar(service, silent=silent) as show:
        process = subprocess.Popen(  # noqa: S603 - our own command line
            [sys.executable, "-m", *command], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for line in process.stdout or ():
            last = json.loads(line) if line.startswith("{") else last
            show(last)
            heard(last)
        _, complaint = process.communicate()
    if process.returncode not in {0, DIFFERENT} or not last or "reason" in last:
        why = last.get("reason") or complaint.strip().rpartition("\n")[2]
        raise Refusal(why or f"{' '.join(command)} ended with {process.returncode}.")
    return last


@contextmanager
def _bar(service: str, *, silent: bool) -> Iterator[Any]:
    """A bar that follows what a replay tells of itself."""
    if silent or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(f"replaying {service}", total=None)

        def show(told: dict[str, Any]) -> None:
            if "of" in told:
                progress.update(task, completed=told["done"], total=told["of"])

        yield show


def _sentence(service: str, found: dict[str, Any]) -> str:
    speed = f"{found['events']} events, {found['events_per_second']} a second"
    if "hash_equal" not in found:
        return f"The projections of {service} were made anew: {speed}."
    if not found["hash_equal"]:
        return f"The projections of {service} are NOT what the events make ({speed}); `nassij replay {service}` makes them anew."
    return f"The events make the same projections: {speed}, {found['ratio_bare']} x a bare loop without guarantees."
