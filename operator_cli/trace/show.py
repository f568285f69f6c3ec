"""A traced event for people: how it came to be as a numbered list, what came of it as a tree."""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from operator_cli.trace.events import Event
from operator_cli.trace.origins import Link, Origins
from operator_cli.trace.story import Node, Stop, Story

MOST_ALIKE = 5
"""So many siblings of one type are shown; the others are counted."""

MOST_IN_A_RUN = 3
LONGEST_LINE = 1000

STYLES = {"dead": "bold red", "waiting": "yellow", "pending": "yellow", "on-its-way": "yellow", "effect": "yellow"}


def show_origins(origins: Origins, *, everything: bool = False) -> None:
    """One line an event, each saying which earlier lines it hangs on; long runs of the same are counted unless all is wanted."""
    numbers = {event.id: number for number, event in enumerate(origins.events, 1)}
    linked = {event.id: _linked(event, origins.links, numbers) for event in origins.events}
    widths = [max(len(text) for text in texts) for texts in zip(*(_columns(e, linked) for e in origins.events), strict=True)]
    console = _console()
    console.print("How it came to be (the programme's time, UTC):")
    for run in _runs(origins.events, everything=everything):
        for event in run if len(run) <= MOST_IN_A_RUN else (run[0], run[-1]):
            if event is run[-1] and len(run) > MOST_IN_A_RUN:
                console.print(Text(f"     … {len(run) - 2} more times {event.what} (--all shows them)", style="dim"))
            columns = "  ".join(text.ljust(width) for text, width in zip(_columns(event, linked), widths, strict=True))
            console.print(Text.assemble(f"{numbers[event.id]:>3}. ", columns, "  ", (f"{event.key}@{event.sequence}", "dim")))
    for key, count in origins.hidden.items():
        console.print(Text(f"     {count} more of {key} concern others.", style="dim"))
    if not origins.complete:
        console.print("     It goes back further; this much is shown.")


def _columns(event: Event, linked: Mapping[str, str]) -> tuple[str, ...]:
    return event.day, event.what, event.service, linked[event.id]


def _runs(events: Sequence[Event], *, everything: bool) -> list[list[Event]]:
    """The events, those together that follow each other and say the same of the same stream."""
    runs: list[list[Event]] = []
    for event in events:
        last = runs[-1][-1] if runs and not everything else None
        if last is not None and (last.type, last.key) == (event.type, event.key):
            runs[-1].append(event)
        else:
            runs.append([event])
    return runs


def _linked(event: Event, links: dict[str, list[Link]], numbers: dict[str, int]) -> str:
    by_kind: dict[str, list[int]] = {}
    for link in links.get(event.id, ()):
        if link.event in numbers:
            by_kind.setdefault(link.how, []).append(numbers[link.event])
    told = [f"{how} {', '.join(map(str, sorted(found)))}" for how, found in by_kind.items()]
    if "caused by" in by_kind and event.milliseconds is not None:
        told[list(by_kind).index("caused by")] += f" (+{event.milliseconds:,} ms)"
    return "; ".join(told) or f"begun by {event.by or 'a request'}"


def show_story(story: Story, *, everything: bool = False) -> None:
    """The trees; siblings that are many and alike are counted unless ``everything`` is wanted."""
    console = _console()
    console.print("What came of it (milliseconds from its cause, the programme's time):")
    for root in story.roots:
        console.print(_tree(root, everything=everything))
    if not story.complete:
        console.print("The story is longer than what could be read; this much is shown.")


def _console() -> Console:
    # Lines hold keys to copy, so they are as long as they must be; a terminal wraps them, a file or a pipe need not.
    return Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else LONGEST_LINE)


def _tree(root: Node, *, everything: bool) -> Tree:
    """Built without recursion: a story may be deep."""
    top, unfinished = Tree(_line(root)), _unfinished(root)
    left = [(root, top)]
    while left:
        node, branch = left.pop()
        for stop in node.stops:
            branch.add(_stop(stop))
        shown, others = _shown(node.children, unfinished, everything=everything)
        left += [(child, branch.add(_line(child))) for child in shown]
        for what, count in others.items():
            branch.add(Text(f"… {count} more times {what} (--all shows them)", style="dim"))
    return top


def _unfinished(root: Node) -> set[int]:
    """Which nodes (by their Python id) have something open in or below them."""
    found: set[int] = set()
    for node in reversed(list(root.walk())):
        if any(stop.is_open for stop in node.stops) or any(id(child) in found for child in node.children):
            found.add(id(node))
    return found


def _shown(children: Sequence[Node], unfinished: set[int], *, everything: bool) -> tuple[list[Node], Counter[str]]:
    """The first of each kind, and every one that has not come to its end; how many others there are of each kind."""
    seen: Counter[str] = Counter()
    others: Counter[str] = Counter()
    shown = []
    for child in children:
        what = child.event.what if child.event else ""
        seen[what] += 1
        if everything or seen[what] <= MOST_ALIKE or id(child) in unfinished:
            shown.append(child)
        else:
            others[what] += 1
    return shown, others


def _line(node: Node) -> Text:
    event = node.event
    if event is None:
        by = next((child.event.by for child in node.children if child.event and child.event.by), None)
        return Text.assemble(("request ", "bold"), node.cause or "", (f" by {by}" if by else "", "dim"))
    hop = f"+{event.milliseconds:,} ms " if event.milliseconds is not None else ""
    where = f" {event.service}" + (f", region {event.region}" if event.region else "")
    place = f" {event.key}@{event.sequence}"
    return Text.assemble((hop, "cyan"), (event.what, "bold"), place, (where, "green"), (f" {event.day}", "dim"))


def _stop(stop: Stop) -> Text:
    sign = "■" if stop.is_open else "·"
    return Text(f"{sign} {stop.sentence}", style=STYLES.get(stop.kind, "dim"))
