"""`python -m deploy.monitoring.dashboards write|check`."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from deploy.monitoring.dashboards import files

ACTIONS: dict[str, tuple[Callable[[], list[Path]], int]] = {"write": (files.write, 0), "check": (files.drift, 1)}
USAGE = 2


def main(arguments: Sequence[str]) -> int:
    """A line for each file that was written, or that differs; 1 if one differs."""
    if len(arguments) != 1 or arguments[0] not in ACTIONS:
        print("Call it with write or check.", file=sys.stderr)  # noqa: T201 - a command answers on its terminal
        return USAGE
    act, code = ACTIONS[arguments[0]]
    changed = act()
    for path in changed:
        print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)  # noqa: T201 - as above
    return code if changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
