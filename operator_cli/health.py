"""How each process of the stack does, asked of the processes themselves."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from operator_cli.addresses import Addresses
from operator_cli.client import call
from operator_cli.errors import NotRunning
from operator_cli.stack.layout import SERVICES
from operator_cli.stack.probes import Probe
from operator_cli.stack.state import READY, Process

PATIENCE = 3.0
OK = 200
FINE = (None, "running", "absent")
"""A process without a consumer (web, infrastructure), one that runs, a service that listens to nobody."""


@dataclass(frozen=True)
class Health:
    """One process: what its supervisor (if any) knows, whether it says it is ready, and (background) what it has before it."""

    name: str
    address: str
    pid: int | None
    state: str
    restarts: int
    ready: bool
    detail: str = ""
    consumer: str | None = None
    consumer_lag: int | None = None
    waiting_keys: int | None = None
    dead_letters: int | None = None
    outbox_pending: int | None = None
    intents_due: int | None = None
    deadlines_overdue: int | None = None

    @property
    def well(self) -> bool:
        """Whether nobody needs to look at it."""
        return self.ready and self.state == READY and not self.dead_letters and self.consumer in FINE


def survey(stack: Addresses) -> list[Health]:
    """Ask all processes at once."""
    processes = [process for process in stack.processes if not process.task]
    with ThreadPoolExecutor(max_workers=len(processes)) as pool:
        return list(pool.map(lambda process: _ask(process, stack.probes), processes))


def _ask(process: Process, probes: Mapping[str, Probe]) -> Health:
    known: dict[str, Any] = {"name": process.name, "address": process.address, "pid": process.pid}
    known |= {"state": process.state, "restarts": process.restarts}
    if process.state != READY:
        return Health(**known, ready=False, detail=process.note)
    service, _, role = process.name.rpartition("-")
    if service in SERVICES:
        return _ask_service(known, process.address, background=role == "background")
    return Health(**known, ready=probes[process.name]())


def _ask_service(known: dict[str, Any], address: str, *, background: bool) -> Health:
    try:
        readiness = call("GET", f"{address}/readyz", patience=PATIENCE)
        doing = _doing(call("GET", f"{address}/ops/status", patience=PATIENCE).body) if background else {}
    except NotRunning as error:
        return Health(**known, ready=False, detail=error.message)
    ready = readiness.status == OK
    detail = doing.pop("reason", "") or ("" if ready else _reason(readiness.body))
    return Health(**known, ready=ready, detail=detail, **doing)


def _doing(status: dict[str, Any]) -> dict[str, Any]:
    """The parts of /ops/status that one line has room for."""
    consumer = status["consumer"]
    return {
        "consumer": consumer["state"],
        "reason": "; ".join([consumer["reason"] or "", *(f"{loop}: {what}" for loop, what in status["trouble"].items())]).strip(
            "; "
        ),
        "consumer_lag": consumer["lag"],
        "waiting_keys": consumer["waiting_keys"],
        "dead_letters": consumer["dead_letters"],
        "outbox_pending": status["outbox"]["pending"],
        "intents_due": status["intents"]["due"],
        "deadlines_overdue": status["deadlines"]["overdue"],
    }


def _reason(body: Any) -> str:
    """What /readyz says is wrong: the checks that did not answer ok."""
    checks = body.get("checks", {}) if isinstance(body, dict) else {}
    return ", ".join(f"{name}: {answer}" for name, answer in checks.items() if answer != "ok") or "not ready"
