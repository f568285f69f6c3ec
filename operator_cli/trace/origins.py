"""How an event came to be: back from cause to cause, through its stream and those that it refers to, to its region's joining."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from operator_cli.trace.events import Event
from operator_cli.trace.records import Records

MOST = 100
"""So many events a chain holds at most."""

CAUSED, TOGETHER, AFTER, REFERS = "caused by", "by the same request as", "after", "refers to"
PLANNED, ANSWERS, REGION = "under the plan of its province", "answers", "in the region since"


@dataclass(frozen=True, slots=True)
class Link:
    """How an event hangs on an earlier one."""

    how: str
    event: str


@dataclass(slots=True)
class Origins:
    """The events that led to one, the earliest first and itself last, each with its links to earlier ones.

    ``hidden`` counts by key the events of streams on the way that concern others.
    """

    events: list[Event]
    links: dict[str, list[Link]]
    hidden: Counter[str] = field(default_factory=Counter)
    complete: bool = True


def origins_of(target: Event, records: Records) -> Origins:
    """Walk back from an event. What it meets is bounded: causes, streams that it is in or refers to, its region."""
    return _Walk(target, records).told()


class _Walk:
    """Visits each event once."""

    def __init__(self, target: Event, records: Records) -> None:
        self._target, self._records = target, records
        self._found: dict[str, Event] = {}
        self._links: defaultdict[str, list[Link]] = defaultdict(list)
        self._hidden: Counter[str] = Counter()
        self._left: deque[Event] = deque()
        self._concerned = self._interest()

    def told(self) -> Origins:
        self._meet(self._target)
        self._visit_all()
        self._add_diagnostics()
        self._add_preparations()
        self._visit_all()
        self._link_plans()
        return Origins(_ordered(self._found, self._links), dict(self._links), self._hidden, complete=not self._left)

    def _interest(self) -> set[str]:
        """Whom the story is about: what the event and its causes refer to."""
        concerned: set[str] = set()
        event: Event | None = self._target
        seen: set[str] = set()
        while event is not None and event.id not in seen and len(seen) < MOST:
            seen.add(event.id)
            concerned.update((*event.refs, event.key))
            event = self._records.event(event.causation) if event.causation else None
        return concerned

    def _visit_all(self) -> None:
        while self._left and len(self._found) < MOST:
            self._visit(self._left.popleft())

    def _visit(self, event: Event) -> None:
        cause = self._records.event(event.causation) if event.causation else None
        if cause is not None and cause.id != event.id:
            self._link(event, CAUSED, cause)
            return
        self._go_back_in_stream(event)
        self._follow_references(event)
        if event.subject == "session" and event.sequence == 1:
            self._link_latest(event, PLANNED, f"plan/{event.province}")
        if not self._links[event.id] and event.region:
            self._link_latest(event, REGION, f"region/{event.region}")

    def _go_back_in_stream(self, event: Event) -> None:
        """To the event before it of the same stream that concerns the same people."""
        if event.sequence == 1:
            return
        stream = [each for each in self._records.stream(event.key) if each.source == event.source]
        for before in reversed([each for each in stream if each.sequence < event.sequence]):
            if before.sequence == 1 or self._concerns(before):
                self._link(event, AFTER, before)
                return
            self._hidden[before.key] += 1

    def _concerns(self, event: Event) -> bool:
        people = {ref for ref in event.refs if ref.startswith("actor/")}
        return not event.refs or event.subject == "region" or bool((people or set(event.refs)) & self._concerned)

    def _follow_references(self, event: Event) -> None:
        """To what the same request recorded in the streams that it refers to, else to how each of these began."""
        for ref in event.refs:
            stream = self._records.stream(ref)
            together = [each for each in stream if event.causation and each.causation == event.causation and each.id != event.id]
            if together and not self._is_linked(together[-1], event):
                self._link(event, TOGETHER, together[-1])
            elif stream and stream[0].sequence == 1 and self._is_earlier(stream[0]):
                self._link(event, REFERS, stream[0])

    def _link_latest(self, event: Event, how: str, key: str) -> None:
        earlier = [each for each in self._records.stream(key) if each.id < event.id]
        if earlier:
            self._link(event, how, max(earlier, key=lambda each: each.id))

    def _add_diagnostics(self) -> None:
        """An association names no diagnostic, but each diagnostic its association: the registry knows which."""
        for key in sorted(ref for ref in self._concerned if ref.startswith("association/")):
            for identifier in self._records.diagnostics(key.partition("/")[2]):
                self._meet_earlier(self._records.stream(f"diagnostic/{identifier}"))

    def _add_preparations(self) -> None:
        """How the services that took part were prepared for the region."""
        taking_part = {event.source for event in self._found.values()}
        prepared = self._records.stream(f"preparation/{self._target.region}") if self._target.region else []
        self._meet_earlier(event for event in prepared if event.source in taking_part)

    def _meet_earlier(self, events: Iterable[Event]) -> None:
        for event in events:
            if self._is_earlier(event):
                self._meet(event)

    def _link_plans(self) -> None:
        """A plan answers the diagnostics that were completed before it."""
        diagnosed: list[Event] = []
        for event in sorted(self._found.values(), key=lambda event: event.id):
            if event.subject == "diagnostic":
                diagnosed.append(event)
            elif event.subject == "plan":
                self._links[event.id] += [Link(ANSWERS, each.id) for each in diagnosed if each.province == event.province]

    def _is_earlier(self, event: Event) -> bool:
        return event.id < self._target.id

    def _is_linked(self, event: Event, to: Event) -> bool:
        return any(link.event == to.id for link in self._links[event.id])

    def _link(self, event: Event, how: str, to: Event) -> None:
        self._links[event.id].append(Link(how, to.id))
        self._meet(to)

    def _meet(self, event: Event) -> None:
        if event.id not in self._found:
            self._found[event.id] = event
            self._left.append(event)


def _ordered(found: Mapping[str, Event], links: Mapping[str, list[Link]]) -> list[Event]:
    """As they were recorded, but each after all that it hangs on: one request records several in no order of their own."""
    left = sorted(found.values(), key=lambda event: event.id)
    told: dict[str, Event] = {}
    while left:
        ready = (event for event in left if all(link.event in told for link in links.get(event.id, ())))
        following = next(ready, left[0])  # none is ready where ids that others made hang in a circle
        told[following.id] = following
        left.remove(following)
    return list(told.values())
