"""`nassij mail`."""

import click

from operator_cli.addresses import MAIL, Addresses
from operator_cli.client import call, must
from operator_cli.output import as_json, print_json, print_table


@click.command(epilog="\b\nExamples:\n  nassij mail\n  nassij mail --to amina@example.org --limit 5\n  nassij mail 00000012.eml")
@click.argument("file", required=False)
@click.option("--to", metavar="ADDRESS", help="Only mails to this address.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@as_json
def mail(file: str | None, to: str | None, limit: int, as_json: bool) -> None:
    """List the newest mails that the local sink received, or show one (FILE). Repeats are told by their Message-ID."""
    found_at = Addresses.chosen()
    reader = found_at.need(MAIL, found_at.mail)
    if file:
        click.echo(must(call("GET", f"{reader}/messages/{file}")))
        return
    from urllib.parse import urlencode

    found = must(call("GET", f"{reader}/messages?{urlencode({'limit': limit, **({'to': to} if to else {})})}"))["messages"]
    counts = must(call("GET", f"{reader}/counts"))
    if as_json:
        print_json({**counts, "messages": found})
        return
    print_table(["file", "to", "subject"], [(each["file"], each["to"], each["subject"]) for each in found])
    click.echo(f"{counts['distinct']} mails, {counts['repeated']} came more than once.")
