"""What came of an event or a request: a tree of effects, each under its cause."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from chassis.ids import earliest_id, made_at
from operator_cli.trace.asking import Target
from operator_cli.trace.events import Event
from operator_cli.trace.records import Effect, Records, merged

SKEW_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a story does not go on, or not yet. ``kind``: pending, on-its-way, waiting, dead, discarded, effect, nobody, done."""

    kind: str
    service: str
    sentence: str

    @property
    def is_wrong(self) -> bool:
        """Whether it goes on only when somebody decides."""
        return self.kind == "dead"

    @property
    def is_open(self) -> bool:
        """Whether more will come."""
        return self.kind in {"pending", "on-its-way", "waiting", "dead", "effect"}


@dataclass(slots=True)
class Node:
    """An event with what it caused, or (without an event) a request."""

    event: Event | None
    cause: str | None = None
    children: list["Node"] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """Itself and all below it, each once, in the order of a tree; stories may be deeper than Python's stack."""
        left, seen = [self], set[int]()
        while left:
            node = left.pop()
            if id(node) not in seen:
                seen.add(id(node))
                yield node
                left += reversed(node.children)


@dataclass(frozen=True, slots=True)
class Story:
    """The trees of what was asked about."""

    roots: list[Node]
    effects: list[Effect]
    complete: bool

    @property
    def nodes(self) -> list[Node]:
        """All events in it."""
        return [node for root in self.roots for node in root.walk() if node.event is not None]

    @property
    def stops(self) -> list[tuple[Node, Stop]]:
        """Where it ends."""
        return [(node, stop) for root in self.roots for node in root.walk() for stop in node.stops]


def story_of(target: Target, records: Records) -> Story:
    """Everything that came of a target."""
    if target.caused is not None:
        found = target.caused
        return Story(_requests(found.events), found.effects, found.complete)
    firsts: dict[str, Event] = {}
    for event in sorted(target.events, key=lambda event: event.id):
        firsts.setdefault(event.correlation or event.id, event)
    founds = [records.of_correlation(correlation, after=_just_before(event.id)) for correlation, event in firsts.items()]
    events = merged(target.events, *(found.events for found in founds))
    effects = [effect for found in founds for effect in found.effects]
    return Story(_below(target.events, events), effects, all(found.complete for found in founds))


def _below(roots: Sequence[Event], events: Iterable[Event]) -> list[Node]:
    """The trees of these events; one that another caused stands below it alone."""
    nodes = _linked(events)
    reached: set[str] = set()
    tops = []
    for event in sorted(roots, key=lambda event: event.id):
        if event.id not in reached:
            tops.append(nodes[event.id])
            reached |= {node.event.id for node in nodes[event.id].walk() if node.event}
    return tops


def _requests(events: Sequence[Event]) -> list[Node]:
    """All of them, below the requests that no event stands for."""
    nodes = _linked(events)
    requests: dict[str, Node] = {}
    begun = [event for event in events if event.causation not in nodes or event.causation == event.id]
    reached: set[str] = set()
    # Whatever is left then hangs in a knot of ids that others made; it is told all the same.
    for event in [*begun, *events]:
        if event.id not in reached:
            cause = event.causation or event.id
            requests.setdefault(cause, Node(None, cause)).children.append(nodes[event.id])
            reached |= {node.event.id for node in nodes[event.id].walk() if node.event}
    return list(requests.values())


def _linked(events: Iterable[Event]) -> dict[str, Node]:
    ordered = sorted(events, key=lambda event: event.id)
    nodes = {event.id: Node(event, event.causation) for event in ordered}
    for event in ordered:
        if event.causation in nodes and event.causation != event.id:
            nodes[event.causation].children.append(nodes[event.id])
    return nodes


def _just_before(event: str) -> str | None:
    """An id that sorts before those of this event's effects, also where another machine's clock lies behind."""
    made = made_at(event)
    return earliest_id(datetime.fromtimestamp(made - SKEW_SECONDS, UTC)) if made else None
