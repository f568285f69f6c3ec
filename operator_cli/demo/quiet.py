"""Waiting until what was asked for has happened everywhere, also while processes are killed and come back."""

import time
from collections.abc import Callable
from typing import TypeVar

from operator_cli.client import Services
from operator_cli.commands.wait import QUIET_LOOKS, on_its_way
from operator_cli.errors import Refusal

LOOK_EVERY = 0.2
PATIENCE = 180.0
Found = TypeVar("Found")


def until(look: Callable[[], Found | None], what: str, patience: float = PATIENCE) -> Found:
    """Look again and again until there is something. Raises Refusal, which names what did not happen."""
    deadline = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise Refusal(f"After {patience:.0f} s still missing: {what}; see `nassij status` and `nassij logs`.")
        time.sleep(LOOK_EVERY)


def until_quiet(services: Services) -> None:
    """Wait until nothing is on its way in any service. Raises Refusal when that does not come."""
    quiet = 0

    def look() -> bool:
        nonlocal quiet
        busy = any(on_its_way(services, name) for name in services.names)
        quiet = 0 if busy else quiet + 1
        return quiet >= QUIET_LOOKS

    until(look, "a moment at which every service has done all it had to do")
