"""The `nassij` command as an operator of one stack calls it, in this process: starting Python costs more than most commands."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from operator_cli.app import nassij
from operator_cli.stack.local import LocalStack


def call(home: Path | str, *words: str, **settings: str) -> Result:
    """What became of a command. An error that is none of the command's own sentences is raised."""
    result = CliRunner().invoke(nassij, words, env={"NASSIJ_HOME": str(home), **settings}, prog_name="nassij")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@dataclass(frozen=True)
class Operator:
    """Somebody with the command at a stack."""

    stack: LocalStack

    def nassij(self, *words: str) -> tuple[int, Any]:
        """The exit code of a command and what it said as JSON."""
        done = call(self.stack.layout.home, *words, "--json")
        return done.exit_code, json.loads(done.stdout) if done.stdout else done.stderr

    def dead_letters(self, *more: str) -> list[dict[str, Any]]:
        """Those that are open, or as asked."""
        code, said = self.nassij("deadletters", "list", *more)
        assert (code == 1) == any(letter["state"] == "open" for letter in said["dead_letters"])
        return list(said["dead_letters"])

    def discard_all(self) -> None:
        """Pass over every dead letter."""
        for letter in self.dead_letters():
            self.nassij("deadletters", "discard", letter["id"], "--in", letter["service"], "--reason", "made by a test")
