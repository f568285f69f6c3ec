"""The local store: SecantusDB, always a process of its own (its licence, and its beta state, stay outside of ours)."""

import sys
from pathlib import Path

from operator_cli.stack.layout import Layout

PROGRAM = Path(sys.executable).with_name("secantusd-py")


def server_command(layout: Layout, port: int, *, authenticate: bool = True) -> list[str]:
    """Runs the store. Without --sync-on-commit a killed store loses transactions that it had acknowledged."""
    command = [str(PROGRAM), "--host", "127.0.0.1", "--port", str(port), "--storage-path", str(layout.store)]
    command += ["--sync-on-commit", "--log-level", "WARNING", "--cache-size", "512M"]
    return [*command, "--auth"] if authenticate else command
