"""`nassij trace`."""

from typing import Any

import click

from operator_cli.client import Services
from operator_cli.errors import BadInput
from operator_cli.output import as_json, print_json
from operator_cli.trace.asking import Target, resolve
from operator_cli.trace.origins import Origins, origins_of
from operator_cli.trace.records import Asked, Records
from operator_cli.trace.stops import find_stops
from operator_cli.trace.story import Node, Stop, Story, story_of


@click.command(
    epilog="""\b
Examples:
  nassij trace NSJ-03-2026-4F7KQ2MZ-N        a certificate, back to its region's joining
  nassij trace session/0198f1c2@3            what an answer's Nassij-Event says
  nassij trace session/0198f1c2              all events of a key
  nassij trace 0198f1c2-77aa-7cc1-8f00-0a1b2c3d4e5f --all
                                             an event's id, or the X-Correlation-Id of an answer
  nassij trace certificate/NSJ-03-2026-4F7KQ2MZ-N --mermaid > story.mmd"""
)
@click.argument("what", metavar="ID")
@click.option("--all", "everything", is_flag=True, help="Show every event, also those that are many and alike.")
@click.option("--mermaid", "as_mermaid", is_flag=True, help="Answer as a Mermaid sequence diagram.")
@as_json
@click.pass_context
def trace(ctx: click.Context, what: str, everything: bool, as_mermaid: bool, as_json: bool) -> None:
    """Tell how an event came to be, what it or a request caused in all services, and where that stopped and why.

    Steps are timed by the machines' clocks, told by the events' ids; the times beside them are the programme's, which the demo
    clock turns. Ends with 1 when a dead letter stopped the story, or when nothing is known of ID.
    """
    if as_mermaid and as_json:
        raise BadInput("Ask for --json or for --mermaid, not for both.")
    records = Asked(Services())
    target, origins, story = told(what, records)
    if as_json:
        print_json(answer(target, origins, story, records))
    elif as_mermaid:
        from operator_cli.trace.mermaid import diagram

        click.echo(diagram(origins, story))
    else:
        _show(origins, story, everything=everything)
    if not as_json:
        for note in records.notes:
            click.echo(f"Note: {note}", err=True)
    ctx.exit(1 if any(stop.is_wrong for _, stop in story.stops) else 0)


def told(what: str, records: Records) -> tuple[Target, Origins | None, Story]:
    """Find what is asked about, how it came to be (not for a whole request) and what came of it. Raises Refusal as `resolve`."""
    target = resolve(what, records)
    story = story_of(target, records)
    find_stops(story, records)
    return target, origins_of(target.event, records) if target.event else None, story


def answer(target: Target, origins: Origins | None, story: Story, records: Records) -> dict[str, Any]:
    """All of it for programs: `origins` with the earliest first, `story` as trees, `stops` in one list."""
    return {
        "ok": not any(stop.is_wrong for _, stop in story.stops),
        "asked": target.name,
        "kind": target.kind,
        "origins": _origins(origins) if origins else [],
        "hidden": dict(origins.hidden) if origins else {},
        "story": [_tree(root) for root in story.roots],
        "stops": [{"event": node.event.id if node.event else None, **_stop(stop)} for node, stop in story.stops],
        "events": len(story.nodes),
        "complete": story.complete and (origins is None or origins.complete),
        "notes": records.notes,
    }


def _show(origins: Origins | None, story: Story, *, everything: bool) -> None:
    from operator_cli.trace.show import show_origins, show_story

    if origins is not None:
        show_origins(origins, everything=everything)
    show_story(story, everything=everything)


def _origins(origins: Origins) -> list[dict[str, Any]]:
    return [
        {**event.as_json(), "links": [{"how": link.how, "event": link.event} for link in origins.links.get(event.id, ())]}
        for event in origins.events
    ]


def _tree(root: Node) -> dict[str, Any]:
    """A tree as JSON has it, built without recursion."""
    made = {id(node): _node(node) for node in root.walk()}
    for node in root.walk():
        made[id(node)]["caused"] = [made[id(child)] for child in node.children]
    return made[id(root)]


def _node(node: Node) -> dict[str, Any]:
    stops = [_stop(stop) for stop in node.stops]
    if node.event is None:
        return {"request": node.cause, "stops": stops}
    return {**node.event.as_json(), "milliseconds_since_cause": node.event.milliseconds, "stops": stops}


def _stop(stop: Stop) -> dict[str, str]:
    return {"kind": stop.kind, "service": stop.service, "sentence": stop.sentence}
