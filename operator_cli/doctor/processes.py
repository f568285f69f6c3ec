"""Whether every process runs, is ready, and holds the port that is its own."""

from collections.abc import Iterator

from operator_cli.doctor.finding import Finding, fail, fine, or_fine, warn
from operator_cli.doctor.sight import Sight
from operator_cli.health import Health
from operator_cli.stack.state import DONE, HELD, READY

CHECK = "processes"
MANY_RESTARTS = 3


def check(sight: Sight) -> Iterator[Finding]:
    """Processes, and the one-time tasks before them."""
    if sight.here and sight.state is None:
        yield fail(CHECK, "stack", "The stack is not running.", "nassij up")
        return
    processes = sight.health()
    found = [finding for health in processes for finding in _of(health, here=sight.here)]
    yield from or_fine(found, CHECK, "stack", f"All {len(processes)} processes are ready.")
    yield from _tasks(sight)


def _of(health: Health, *, here: bool) -> Iterator[Finding]:
    logs = f"nassij logs {health.name} -n 50" if here else f"read the log of {health.name}"
    if health.state == HELD:
        yield fail(CHECK, health.name, f"{health.name} was stopped by an operator.", f"nassij process release {health.name}")
    elif health.state != READY:
        yield fail(CHECK, health.name, _sentence(f"{health.name} is {health.state}: {health.detail}"), logs)
    elif not health.ready:
        why = health.detail or "it does not answer"
        yield fail(CHECK, health.name, _sentence(f"{health.name} is not ready: {why.partition(';')[0]}"), logs)
    elif health.restarts >= MANY_RESTARTS:
        yield warn(CHECK, health.name, f"{health.name} was started again {health.restarts} times.", logs)


def _tasks(sight: Sight) -> Iterator[Finding]:
    for process in sight.state.processes if sight.state else ():
        if process.task and process.state != DONE:
            found = _sentence(f"The task {process.name} is {process.state}: {process.note}")
            yield fail(CHECK, process.name, found, f"nassij logs {process.name} -n 50")
    if sight.state:
        tasks = sum(process.task for process in sight.state.processes)
        yield fine(CHECK, "tasks", f"{tasks} one-time tasks were looked at.")


def _sentence(text: str) -> str:
    return f"{text.rstrip(': .')}."
