"""`nassij reset`."""

import click

from operator_cli.stack.local import LocalStack


@click.command(epilog="\b\nExamples:\n  nassij reset\n  nassij reset --yes      without asking")
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(yes: bool) -> None:
    """Stop everything and remove all data of the local stack: events, documents, mails, passwords, tokens' key."""
    stack = LocalStack.chosen()
    if not yes:
        click.confirm(f"Stop the stack and remove everything in {stack.layout.home}?", abort=True)
    stack.reset()
    click.echo("Removed.")
