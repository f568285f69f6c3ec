"""`nassij outbox`."""

from datetime import datetime

import click

from operator_cli.client import Services
from operator_cli.errors import BadInput
from operator_cli.output import as_json, print_json, print_table
from operator_cli.stack.layout import SERVICES


@click.group(
    epilog="""\b
Examples:
  nassij outbox list
  nassij outbox republish --in registry --since 2026-03-02T08:00:00Z
  nassij outbox republish --in registry --since 2026-03-02T08:00:00Z --key region/03"""
)
def outbox() -> None:
    """Events that services recorded: those that wait to be published, and publishing earlier ones again."""


@outbox.command("list")
@click.option("--in", "service", type=click.Choice(SERVICES), help="[default: all]")
@as_json
def list_them(service: str | None, as_json: bool) -> None:
    """Say how many events each service has not published yet, and how old the oldest is."""
    services = Services()
    found = [{"service": name, **services.get(name, "/ops/outbox")} for name in ([service] if service else services.names)]
    if as_json:
        print_json({"outboxes": found})
    else:
        rows = [(each["service"], each["pending"], each.get("oldest_seconds")) for each in found]
        print_table(("service", "pending", "oldest (s)"), rows)


@outbox.command()
@click.option("--in", "service", type=click.Choice(SERVICES), required=True, help="Whose events.")
@click.option("--since", required=True, metavar="MOMENT", help="Recorded then or later, as 2026-03-02T08:00:00Z.")
@click.option("--key", metavar="SUBJECT/ID", help="Of this key only.")
@as_json
def republish(service: str, since: str, key: str | None, as_json: bool) -> None:
    """Publish events again that were published before. Whoever has applied them skips them."""
    body = {"since": _moment(since), **({"key": key} if key else {})}
    answer = Services().post(service, "/ops/outbox/republish", body)
    if as_json:
        print_json({"ok": True, "answer": answer.body})
    else:
        click.echo(f"{service} publishes again what it recorded since {since}.")


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"A moment is written 2026-03-02T08:00:00Z, not {text!r}.") from None
    if moment.tzinfo is None:
        raise BadInput(f"Say in which time zone {text} is: add Z for UTC.")
    return moment.isoformat()
