"""`nassij token`."""

import re

import click

from operator_cli.errors import BadInput
from operator_cli.stack.issuer import ROLES, mint
from operator_cli.stack.layout import Layout

REGION = re.compile(r"\d{2}")
PROVINCE = re.compile(r"\d{2}\.\d{3}")


@click.command(
    epilog="""\b
Examples:
  nassij token                                          a national operator, for a day
  nassij token --role regional --region 03
  nassij token --role provincial --region 03 --province 03.591
  nassij token --role partner --partner ofppt --region 03 --days 30
  curl -H "Authorization: Bearer $(nassij token)" http://127.0.0.1:8101/v1/regions"""
)
@click.option("--role", type=click.Choice(ROLES), default="national", show_default=True)
@click.option("--region", "regions", multiple=True, metavar="CODE", help="May be given several times.")
@click.option("--province", "provinces", multiple=True, metavar="CODE", help="May be given several times.")
@click.option("--partner", metavar="NAME", help="The partner a token of role partner stands for.")
@click.option("--subject", metavar="NAME", help="Who acts: becomes the `by` of events. [default: local-ROLE]")
@click.option("--days", type=click.FloatRange(min=0, min_open=True, max=365), default=1.0, show_default=True)
def token(
    role: str, regions: tuple[str, ...], provinces: tuple[str, ...], partner: str | None, subject: str | None, days: float
) -> None:
    """Sign a token with the key of the local issuer and print it. The services of the local stack trust that issuer."""
    check_territory(role, regions, provinces)
    if (role == "partner") != (partner is not None):
        raise BadInput("--partner NAME goes with --role partner, and only with it.")
    click.echo(mint(Layout.chosen(), role, regions=regions, provinces=provinces, subject=subject, partner=partner, days=days))


def check_territory(role: str, regions: tuple[str, ...], provinces: tuple[str, ...]) -> None:
    """Raise BadInput for what is no code, or where a role lacks the territory that it is bound to."""
    for code in regions:
        if not REGION.fullmatch(code):
            raise BadInput(f"A region's code is two digits, such as 03, not {code!r}.")
    for code in provinces:
        if not PROVINCE.fullmatch(code):
            raise BadInput(f"A province's code is the region's and three digits, such as 03.591, not {code!r}.")
    if role == "regional" and not regions:
        raise BadInput("A regional token needs its region: --region 03.")
    if role == "provincial" and not provinces:
        raise BadInput("A provincial token needs its province: --province 03.591.")
