"""`nassij down`."""

import click

from operator_cli.output import as_json, print_json
from operator_cli.stack.local import LocalStack


@click.command(epilog="\b\nExample:\n  nassij down")
@as_json
def down(as_json: bool) -> None:
    """Stop everything, the services first and Kafka last. Data stays where it is until `nassij reset`."""
    stack = LocalStack.chosen()
    stopped = stack.stop()
    if as_json:
        print_json({"ok": True, "stopped": stopped})
    else:
        click.echo(f"Stopped; data stays in {stack.layout.home}." if stopped else "Nothing was running.")
