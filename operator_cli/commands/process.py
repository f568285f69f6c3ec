"""`nassij process`."""

import click

from operator_cli.stack.local import LocalStack


@click.group(
    epilog="\b\nExamples:\n  nassij process hold kafka\n  nassij process release kafka\n  nassij process kill training-background"
)
def process() -> None:
    """Hold one process, let it run again, or kill it to see it come back."""


@process.command()
@click.argument("name")
def hold(name: str) -> None:
    """Stop NAME and keep it stopped until it is released."""
    LocalStack.chosen().hold(name)
    click.echo(f"{name} is held; `nassij process release {name}` lets it run again.")


@process.command()
@click.argument("name")
def release(name: str) -> None:
    """Let NAME run again, and wait until it is ready."""
    LocalStack.chosen().release(name)
    click.echo(f"{name} is ready.")


@process.command()
@click.argument("name")
def kill(name: str) -> None:
    """Kill NAME with SIGKILL, as a crash would; the supervisor starts it again."""
    pid = LocalStack.chosen().kill(name)
    click.echo(f"Killed process {pid}, {name}.")
