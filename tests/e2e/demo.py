"""The demo as its users call it, on stacks of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from operator_cli.stack.layout import ROOT, Layout
from operator_cli.stack.local import LocalStack
from operator_cli.stack.ports import SETTING, Ports

SCALE = "0.1"
LONGEST = 200.0


@contextmanager
def own_stack(home: Path) -> Iterator[LocalStack]:
    """A whole stack in a folder, for as long as the block lasts."""
    with LocalStack(Layout(home), Ports.free()).borrowed() as stack:
        yield stack


def play(stack: LocalStack, *arguments: str) -> dict[str, Any]:
    """Run `nassij demo` on a stack; the object in its last line."""
    done = nassij(stack, "demo", "--scale", SCALE, "--json", *arguments)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def nassij(stack: LocalStack, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the command on a stack."""
    chosen = {"NASSIJ_HOME": str(stack.layout.home), SETTING: str(stack.ports.kafka), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "operator_cli", *arguments]
    return subprocess.run(  # noqa: S603 - our own command line
        command, cwd=ROOT, env={**os.environ, **chosen}, capture_output=True, text=True, timeout=LONGEST, check=False
    )


@dataclass(frozen=True)
class Played:
    """An undisturbed run, the run after it, what it printed, and what anybody may read of its certificates."""

    first: dict[str, Any]
    second: dict[str, Any]
    printed: str
    standings: dict[str, dict[str, Any]]


def play_undisturbed(home: Path) -> Played:
    """Play it twice on a fresh stack, then look at the addresses that it names."""
    with own_stack(home) as stack:
        first, second = play(stack), play(stack)
        printed = nassij(stack, "demo", "--scale", SCALE).stdout
        standings = {url: _checked(url) for url in _verification_urls(printed)}
    return Played(first, second, printed, standings)


def _verification_urls(printed: str) -> list[str]:
    return [word for word in printed.split() if "/v1/verify/" in word]


def _checked(url: str) -> dict[str, Any]:
    answer = httpx.get(url, headers={"Accept": "application/json"}, trust_env=False)
    found: dict[str, Any] = answer.json()
    return found
