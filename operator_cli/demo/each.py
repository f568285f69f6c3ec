"""`nassij demo --kill each`: one run for every process of the stack, each on a fresh stack of its own."""

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from operator_cli.demo.report import as_object
from operator_cli.demo.show import Shown
from operator_cli.demo.stage import run
from operator_cli.errors import Refusal
from operator_cli.stack.layout import Layout
from operator_cli.stack.local import LocalStack
from operator_cli.stack.ports import Ports
from operator_cli.stack.specs import EVERYTHING, specs_of

UNDISTURBED = "none"


def processes() -> list[str]:
    """Every process that may be killed, in the order of start."""
    return [spec.name for spec in specs_of(Layout(Path()), Ports(), EVERYTHING, classpath=()) if spec.mark is None]


def run_each(seed: int, scale: float, tell: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """An undisturbed run, then one for each process; `tell` hears of every run when it is over."""
    runs: list[dict[str, Any]] = []
    for name in (UNDISTURBED, *processes()):
        found = _run_on_own_stack(name, seed, scale)
        found["same_counts"] = bool(found["ok"]) and found["counts"] == (runs or [found])[0]["counts"]
        runs.append(found)
        tell(found)
    return {"ok": all(found["ok"] and found["same_counts"] for found in runs), "seed": seed, "scale": scale, "runs": runs}


def _run_on_own_stack(name: str, seed: int, scale: float) -> dict[str, Any]:
    home = Path(tempfile.mkdtemp(prefix=f"nassij-kill-{name}-"))
    begun = time.monotonic()
    try:
        with LocalStack(Layout(home), Ports.free()).borrowed() as stack:
            found = _short(as_object(run(stack, seed, scale, Shown(), () if name == UNDISTURBED else (name,))))
    except Refusal as refusal:
        found = {"ok": False, "counts": {}, "problems": [refusal.message]}
    if found["ok"]:
        shutil.rmtree(home)
    else:
        found["home"] = str(home)  # with the logs that tell why
    return {"killed": name, **found, "seconds": round(time.monotonic() - begun, 1)}


def _short(found: dict[str, Any]) -> dict[str, Any]:
    kept = ("ok", "counts", "repeats", "dead_letters", "waiting_keys", "outbox_pending", "problems")
    short = {name: found[name] for name in kept if name in found}
    short["events"] = found["events"]["published"]
    for killed in found.get("killed", []):
        short |= {"after_events": killed["after_events"], "restarts": killed["restarts"]}
    return short
