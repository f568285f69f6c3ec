"""Where a story stopped and why: not published yet, waiting, dead, passed over, or nobody reacts."""

from collections.abc import Mapping, Sequence
from typing import Any

from operator_cli.trace.events import Event
from operator_cli.trace.records import OBSERVATORY, Effect, Records
from operator_cli.trace.story import Node, Stop, Story

Became = Mapping[str, Any]


def find_stops(story: Story, records: Records) -> None:
    """Ask every service what became of the story's events, and write at each where it stopped.

    The observatory is left out: it follows everything and adds to no story.
    """
    nodes = story.nodes
    events = [node.event for node in nodes if node.event is not None]
    asked = [service for service in records.services if service != OBSERVATORY]
    became = {service: told for service in asked if (told := records.became(service, events)) is not None}
    for index, (node, event) in enumerate(zip(nodes, events, strict=True)):
        by_service = {service: told[index] for service, told in became.items()}
        node.stops += _of(event, by_service)
        if not node.stops and not node.children:
            node.stops.append(_end(event, by_service, all_answered=len(became) == len(asked)))
    _add_effects(story)


def _of(event: Event, by_service: Mapping[str, Became]) -> list[Stop]:
    """What keeps an event from having all its effects."""
    if event.pending:
        lies = f" for {event.recorded_seconds_ago:.1f} s" if event.recorded_seconds_ago is not None else ""
        return [Stop("pending", event.service, f"not yet published: it has lain in the outbox of {event.service}{lies}")]
    return [stop for service, told in by_service.items() if (stop := _in(service, told)) is not None]


def _in(service: str, told: Became) -> Stop | None:
    if told["state"] == "dead":
        return Stop("dead", service, f"dead letter in {service} ({told['error']}): {_show(told['letter'], service)}")
    if told["state"] == "discarded":
        return Stop("discarded", service, f"passed over in {service} for good: {_show(told['letter'], service)}")
    if not told["reacts"]:
        return None
    if told["state"] == "waiting":
        return Stop("waiting", service, f"waits in {service} for {told['since_seconds']:.1f} s: {_why(service, told)}")
    return Stop("on-its-way", service, f"on its way to {service}") if told["state"] == "not-arrived" else None


def _why(service: str, told: Became) -> str:
    if told["behind"]:
        return f"behind a dead letter of its key, {_show(told['behind'], service)}"
    source, _, key = (told["awaits"] or "").partition("|")
    if (source, key) == (told["source"], told["key"]) and told["reason"] == "not-yet":
        return "behind an earlier event of its key, which waits itself"
    awaited = f"{key} of {source.rpartition('/')[2]}" if key else "something else"
    return {"gap": "an earlier event of its key has not come", "retry": "it is tried again now"}.get(
        told["reason"], f"it needs {awaited}, which is not there yet"
    )


def _show(letter: str, service: str) -> str:
    return f"`nassij deadletters show {letter} --in {service}`"


def _end(event: Event, by_service: Mapping[str, Became], *, all_answered: bool) -> Stop:
    """How it ended where nothing keeps it."""
    reacted = [service for service, told in by_service.items() if told["reacts"]]
    if reacted:
        return Stop("done", event.service, f"applied by {_listed(reacted)}, which recorded nothing more")
    who = "nobody" if all_answered else "none of the services that answer"
    return Stop("nobody", event.service, f"{who} reacts to it")


def _add_effects(story: Story) -> None:
    """Write effects that are still to come at the events, or requests, that want them."""
    wanting: dict[str, Node] = {}
    for root in story.roots:
        for node in root.walk():
            wanting.setdefault(node.event.id if node.event else node.cause or "", node)
    for effect in story.effects:
        wants = wanting.get(effect.causation or "")
        if wants is not None:
            wants.stops = [*(stop for stop in wants.stops if stop.kind != "done"), _still(effect)]


def _still(effect: Effect) -> Stop:
    tried = f", {effect.attempts} attempts failed: {effect.reason}" if effect.attempts else ""
    sentence = f"a {effect.kind} is still to be sent by {effect.service}, due {effect.due[:19]}{tried}"
    return Stop("effect", effect.service, sentence)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
