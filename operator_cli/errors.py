"""What the command says when it cannot do what was asked: one sentence, with what to do about it."""

from typing import IO, Any

import click


class Refusal(click.ClickException):
    """Something is wrong with what was asked for or found; exit code 1."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """The sentence alone, on standard error."""
        click.echo(f"nassij: {self.format_message()}", file=file, err=file is None)


class BadInput(Refusal):
    """An argument cannot be understood; exit code 2."""

    exit_code = 2


class NotRunning(Refusal):
    """The stack, or the one service that was asked, does not answer; exit code 3."""

    exit_code = 3
