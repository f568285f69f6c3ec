"""`nassij deadletters`."""

import json
from typing import Any

import click

from operator_cli.client import Answer, Services
from operator_cli.errors import Refusal
from operator_cli.output import as_json, print_json, print_table
from operator_cli.stack.layout import SERVICES

PAGE = 200

in_service = click.option(
    "--in", "service", type=click.Choice(SERVICES), required=True, help="The service that could not apply it."
)


@click.group(
    epilog="""\b
Examples:
  nassij deadletters list
  nassij deadletters show 0198f1c2 --in training
  nassij deadletters retry 0198f1c2 --in training
  nassij deadletters discard 0198f1c2 --in training --reason "sent twice by the import of 3 March" """
)
def deadletters() -> None:
    """Events that a service could not apply. Later events of the same key wait behind them, all others go on."""


@deadletters.command("list")
@click.option("--in", "service", type=click.Choice(SERVICES), help="[default: all]")
@click.option("--state", default="open", show_default=True, type=click.Choice(["open", "retried", "discarded", "all"]))
@as_json
@click.pass_context
def list_them(ctx: click.Context, service: str | None, state: str, as_json: bool) -> None:
    """List dead letters. Ends with 1 when any is open."""
    services = Services()
    found = [letter for name in ([service] if service else services.names) for letter in _all(services, name, state)]
    if as_json:
        print_json({"ok": not _open(found), "dead_letters": found})
    elif found:
        columns = ("service", "id", "state", "type", "key", "sequence", "cause")
        print_table(columns, [[letter.get(column) for column in columns] for letter in found])
    else:
        click.echo("No dead letters.")
    ctx.exit(1 if _open(found) else 0)


@deadletters.command()
@click.argument("letter")
@in_service
@as_json
def show(letter: str, service: str, as_json: bool) -> None:
    """Show one dead LETTER whole: the event, its cause, what waits behind it."""
    found = Services().get(service, f"/ops/deadletters/{letter}")
    if as_json:
        print_json(found)
    else:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))


@deadletters.command()
@click.argument("letter")
@in_service
@as_json
def retry(letter: str, service: str, as_json: bool) -> None:
    """Apply a dead LETTER again, and when that succeeds the events that wait behind it, in order."""
    answer = Services().post(service, f"/ops/deadletters/{letter}/retry")
    _tell(answer, f"{letter} is tried again.", as_json=as_json)


@deadletters.command()
@click.argument("letter")
@in_service
@click.option("--reason", required=True, help="Why it may be left out; kept with who said so.")
@as_json
def discard(letter: str, service: str, reason: str, as_json: bool) -> None:
    """Leave a dead LETTER out for good; the events behind it go on."""
    if not reason.strip():
        raise Refusal("Give a reason: it is all that later readers will have.")
    answer = Services().post(service, f"/ops/deadletters/{letter}/discard", {"reason": reason})
    _tell(answer, f"{letter} is discarded.", as_json=as_json)


def _all(services: Services, service: str, state: str) -> list[dict[str, Any]]:
    """Every page of one service's list."""
    found: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        page = services.get(service, "/ops/deadletters", state=state, after=after, limit=PAGE)
        found += [{"service": service, **letter} for letter in page["items"]]
        after = page.get("next")
        if not after:
            return found


def _open(letters: list[dict[str, Any]]) -> bool:
    return any(letter.get("state", "open") == "open" for letter in letters)


def _tell(answer: Answer, sentence: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"ok": True, "answer": answer.body})
    else:
        click.echo(sentence)
