"""`nassij region`."""

import re
from typing import Any

import click

from operator_cli.client import Answer, Services
from operator_cli.errors import BadInput
from operator_cli.output import as_json, print_json, print_table

CODE = re.compile(r"\d{2}")
PACK = re.compile(r"(?P<name>[a-z0-9-]+)@(?P<version>[a-z0-9.-]+)")
REGISTRY = "registry"


def region_code(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """A region's official code. Raises BadInput for anything else."""
    if not CODE.fullmatch(value):
        raise BadInput(f"A region's code is two digits, such as 03, not {value!r}.")
    return value


code_argument = click.argument("code", callback=region_code)


@click.group(
    epilog="""\b
Examples:
  nassij region load
  nassij region list
  nassij region join 03 --pack fes-meknes@1
  nassij region readiness 03
  nassij region open 03"""
)
def region() -> None:
    """Regions and how far their roll-out has come: planned, preparing, open."""


@region.command("list")
@as_json
def list_them(as_json: bool) -> None:
    """List the regions of the country."""
    found = Services().get(REGISTRY, "/v1/regions", limit=50)["items"]
    if as_json:
        print_json({"regions": found})
    else:
        print_table(("code", "region", "state"), [(each["code"], each["names"]["fr"], each["state"]) for each in found])


@region.command()
@as_json
def load(as_json: bool) -> None:
    """Load the official list of regions, provinces and communes; loading it again changes only what differs."""
    found = Services().put(REGISTRY, "/v1/territory").body
    if as_json:
        print_json(found)
    else:
        click.echo("Loaded: " + ", ".join(f"{count} {what}" for what, count in found.items()) + ".")


@region.command()
@code_argument
@as_json
def show(code: str, as_json: bool) -> None:
    """Show a region: its pack, its convention, the services that prepare themselves for it."""
    found = Services().get(REGISTRY, f"/v1/regions/{code}")
    if as_json:
        print_json(found)
    else:
        click.echo(_sentence(found))
        rows = [
            (each["service"], each["prepared_at"] or "not yet", each["overdue_since"] or "") for each in found["preparations"]
        ]
        print_table(("service", "prepared", "overdue since"), rows)


@region.command()
@code_argument
@as_json
@click.pass_context
def readiness(ctx: click.Context, code: str, as_json: bool) -> None:
    """Say which gates before a region's opening hold, and what is missing. Ends with 1 while any does not hold."""
    found = Services().get(REGISTRY, f"/v1/regions/{code}/readiness")
    if as_json:
        print_json({"ok": found["ready"], **found})
    else:
        print_table(("gate", "needed", "found", "holds"), [_gate(each) for each in found["gates"]])
        for sentence in found["missing"]:
            click.echo(f"- {sentence}")
    ctx.exit(0 if found["ready"] else 1)


@region.command()
@code_argument
@click.option("--pack", required=True, metavar="NAME@VERSION", help="The roll-out pack, such as fes-meknes@1.")
@click.option("--convention", metavar="ID", help="[default: the longest-lasting one in force for the region]")
@as_json
def join(code: str, pack: str, convention: str | None, as_json: bool) -> None:
    """Let a planned region join the programme; every service prepares itself for it."""
    named = PACK.fullmatch(pack)
    if not named:
        raise BadInput(f"A pack is written NAME@VERSION, such as fes-meknes@1, not {pack!r}.")
    body = {"pack": named.groupdict(), **({"convention": convention} if convention else {})}
    _tell(Services().post(REGISTRY, f"/v1/regions/{code}/join", body), as_json=as_json)


@region.command("open")
@code_argument
@as_json
def open_it(code: str, as_json: bool) -> None:
    """Open a region whose gates all hold."""
    _tell(Services().post(REGISTRY, f"/v1/regions/{code}/open"), as_json=as_json)


def _gate(gate: dict[str, Any]) -> tuple[object, ...]:
    return (gate["title"]["fr"], gate["needed"], gate["found"], "yes" if gate["holds"] else "no")


def _sentence(found: dict[str, Any]) -> str:
    return f"Region {found['code']}, {found['names']['fr']}: {found['state']}."


def _tell(answer: Answer, *, as_json: bool) -> None:
    """The region as it is now, and the event to wait for elsewhere."""
    event = answer.headers.get("nassij-event")
    if as_json:
        print_json({"ok": True, "event": event, "region": answer.body})
    else:
        click.echo(_sentence(answer.body) + (f" To see it everywhere: nassij wait {event}" if event else ""))
