"""What a benchmark runs on, and running it."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from operator_cli.errors import Refusal
from operator_cli.stack.environment import python_environment
from operator_cli.stack.layout import ROOT, Layout
from operator_cli.stack.local import LocalStack
from operator_cli.stack.ports import Ports


@dataclass(frozen=True)
class Ground:
    """What is measured on; ``home`` is that of the throw-away stack."""

    store: str
    kafka: str
    home: Path | None = None


@contextmanager
def ground(store: str | None, kafka: str | None) -> Iterator[Ground]:
    """The broker and store that were named, and for what was not, those of a stack of its own."""
    if store and kafka:
        yield Ground(store, kafka)
        return
    with tempfile.TemporaryDirectory(prefix="nassij-bench-") as home:
        stack = LocalStack(Layout(Path(home)), Ports.free())
        with stack.infrastructure():
            yield Ground(store or stack.admin_uri(), kafka or stack.kafka, Path(home))


def run(module: str, on: Ground, *arguments: str) -> dict[str, Any]:
    """Run a benchmark; its progress goes to standard error. Raises Refusal where it has no figure to give."""
    command = [sys.executable, "-m", module, "--store", on.store, "--kafka", on.kafka, *arguments]
    env = {**python_environment(), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Refusal("The benchmark gives no figure, for the reason above; nothing of it was left behind.")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
