"""`nassij console`."""

import click

from operator_cli.addresses import Addresses
from operator_cli.commands.token import check_territory
from operator_cli.errors import NotRunning
from operator_cli.output import as_json, print_json
from operator_cli.stack.issuer import mint

PROCESS = "observatory-web"
ROLES = ("national", "regional", "provincial", "auditor")
"""Those that may read figures and are people."""


@click.command(
    epilog="""\b
Examples:
  nassij console                                 the address, and a national token for a day
  nassij console --open                          opens it in the browser as well
  nassij console --role regional --region 03     as a regional operator sees it"""
)
@click.option("--role", type=click.Choice(ROLES), default="national", show_default=True)
@click.option("--region", "regions", multiple=True, metavar="CODE", help="May be given several times.")
@click.option("--province", "provinces", multiple=True, metavar="CODE", help="May be given several times.")
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@as_json
def console(role: str, regions: tuple[str, ...], provinces: tuple[str, ...], opens: bool, as_json: bool) -> None:
    """Say where the observatory's page is and print a token to paste into its sign-in."""
    check_territory(role, regions, provinces)
    found = Addresses.chosen()
    address = found.of_process(PROCESS)
    if address is None:
        raise NotRunning("This stack runs no observatory; start it with `nassij up`.")
    page = f"{address}/sign-in"
    token = mint(found.layout, role, regions=regions, provinces=provinces)
    if as_json:
        print_json({"address": page, "token": token})
    else:
        click.echo(f"Open {page} and paste this token:\n\n{token}")
    if opens and click.launch(page) != 0:
        click.echo("No browser could be opened here; open the address yourself.", err=True)
