"""One attempt, in one transaction, to bring streams forward."""

import traceback
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from chassis import clock
from chassis.consumer.limit import DeadLetterLimit
from chassis.consumer.marks import Blocked, Death, Ledger, Mark, Undo
from chassis.events import Received, Stream
from chassis.reactions import NotYet
from chassis.store.faults import DuplicateValue, meaning

DRAIN_AT_ONCE = 500
LONGEST_RETRY = timedelta(seconds=60)

Verdict = NotYet | Death


class NeedsNewTransaction(Exception):  # noqa: N818 - a signal between attempt and engine
    """An event failed after it wrote something that only the end of the transaction undoes."""

    def __init__(self, event: Received, verdict: Verdict) -> None:
        super().__init__(event.id)
        self.event, self.verdict = event, verdict


@dataclass(frozen=True, slots=True)
class Reactor:
    """What is done with one event (answering whether anybody reacted), and before a whole batch."""

    react: Callable[[Received], bool]
    prefetch: Callable[[Sequence[Received]], None] = lambda _: None


@dataclass
class Attempt:
    """The marks of the streams at hand as this transaction changes them, and what became of the events.

    A ``careful`` one writes the effects of each event at once, so that what cannot be written is known to be that event's.
    """

    ledger: Ledger
    reactor: Reactor
    limit: DeadLetterLimit
    undo: Undo
    verdicts: dict[str, Verdict]  # by the event's place
    watch: bool
    careful: bool = False
    outcomes: Counter[str] = field(default_factory=Counter)
    settled: list[Received] = field(default_factory=list)  # applied or ignored
    buried: list[Death] = field(default_factory=list)
    halted: list[tuple[Received, Mark]] = field(default_factory=list)  # whose stream begins to wait with them
    _marks: dict[Stream, Mark] = field(default_factory=dict)
    _changed: set[Stream] = field(default_factory=set)
    _moved: set[Stream] = field(default_factory=set)

    def admit(self, batch: Sequence[Received]) -> None:
        """Take a batch in log order."""
        self._load({event.stream for event in batch})
        self.reactor.prefetch([event for event in batch if event.sequence > self._marks[event.stream].sequence])
        for event in batch:
            self._admit(event)
        self._finish()

    def drain(self, streams: Sequence[Stream]) -> None:
        """Try the waiting events of these streams."""
        self._load(streams)
        for stream in streams:
            self._drain(stream)
        self._finish()

    def _load(self, streams: Collection[Stream]) -> None:
        new = [stream for stream in streams if stream not in self._marks]
        found = self.ledger.marks(new) if new else {}
        self._marks.update({stream: found.get(stream) or Mark(stream) for stream in new})

    def _admit(self, event: Received) -> None:
        mark = self._marks[event.stream]
        if event.sequence <= mark.sequence:
            self.outcomes["duplicate"] += 1
        elif event.personal or (event.sequence == mark.sequence + 1 and mark.blocked in {None, Blocked.GAP}):
            self._try(event)
        else:
            self._wait(event, replace(mark, blocked=mark.blocked or Blocked.GAP))

    def _try(self, event: Received) -> bool:
        verdict = (self.verdicts and self.verdicts.get(event.place)) or self._react(event)
        mark = self._marks[event.stream]
        if verdict is None:
            self._moved.add(event.stream)
            self._set(replace(mark, sequence=event.sequence))
            return True
        if isinstance(verdict, NotYet):
            due = clock.now() + min(timedelta(seconds=2**mark.tries), LONGEST_RETRY)
            self._wait(event, replace(mark, blocked=Blocked.NOT_YET, awaits=verdict.awaits, due=due, tries=mark.tries + 1))
        else:
            self.limit.count(event.place)
            self.ledger.bury(verdict)
            self.buried.append(verdict)
            self.outcomes["dead"] += 1
            self._wait(event, replace(mark, blocked=Blocked.DEAD, awaits=None, due=None))
        return False

    def _react(self, event: Received) -> Verdict | None:
        point = self.undo.savepoint()
        try:
            reacted = self.reactor.react(event)
            if self.careful:
                self.undo.flush()
        except Exception as error:
            if not self._is_its_own(error):
                raise
            verdict = _verdict(event, error)
        else:
            self.outcomes["applied" if reacted else "ignored"] += 1
            self.settled.append(event)
            return None
        if not self.undo.back_to(point):
            raise NeedsNewTransaction(event, verdict)
        return verdict

    def _is_its_own(self, error: Exception) -> bool:
        """Whether an error is the event's: neither the store's, nor from meeting others."""
        found = meaning(error)
        return found is None or (self.careful and isinstance(found, DuplicateValue))

    def _wait(self, event: Received, mark: Mark) -> None:
        self.ledger.keep(event)
        self.outcomes["waiting"] += 1
        if mark.since is None and mark.blocked is not Blocked.DEAD:
            self.halted.append((event, mark))
        # The machine's own time: how long it waits is no matter of the programme's days.
        self._set(replace(mark, since=mark.since or datetime.now(UTC)))

    def _set(self, mark: Mark) -> None:
        self._marks[mark.stream] = mark
        self._changed.add(mark.stream)

    def _drain(self, stream: Stream) -> None:
        events = self.ledger.waiting(stream, DRAIN_AT_ONCE)
        done: list[Received] = []
        for event in events:
            mark = self._marks[stream]
            if event.sequence > mark.sequence:
                if event.sequence > mark.sequence + 1 and not event.personal:
                    break
                if not self._try(event):
                    self.ledger.release(done)
                    return
            done.append(event)
        self.ledger.release(done)
        self._set(_after_draining(self._marks[stream], left=len(events) - len(done), more=len(events) == DRAIN_AT_ONCE))

    def _finish(self) -> None:
        """Follow up on what moved until nothing moves any more, then write the marks."""
        while self._moved:
            moved, self._moved = self._moved, set()
            followers = [stream for stream in moved if self._marks[stream].blocked is Blocked.GAP]
            followers += [stream for stream in self._awaiting(moved) if stream not in followers]
            self._load(followers)
            for stream in followers:
                self._drain(stream)
        self.ledger.save([self._marks[stream] for stream in self._changed])

    def _awaiting(self, moved: set[Stream]) -> Iterable[Stream]:
        stored = self.ledger.awaiting(moved) if self.watch else []
        here = [stream for stream, mark in self._marks.items() if mark.awaits in moved]
        return [
            stream
            for stream in dict.fromkeys([*here, *stored])
            if stream not in self._marks or self._marks[stream].blocked is Blocked.NOT_YET
        ]


def _verdict(event: Received, error: Exception) -> Verdict:
    if isinstance(error, NotYet) and not event.personal:
        return error
    if meaning(error) is not None:
        # The store's own words hold the document, and so perhaps a person's data.
        frames = traceback.format_tb(error.__traceback__, -8)
        return Death(event, "DuplicateValue: a unique index refuses what it brings", "".join(frames))
    trace = "".join(traceback.format_exception(error, limit=-8))
    return Death(event, f"{type(error).__name__}: {error}", trace)


def _after_draining(mark: Mark, *, left: int, more: bool) -> Mark:
    if left:
        return replace(mark, blocked=Blocked.GAP, awaits=None, due=None, tries=0)
    if more:
        return replace(mark, blocked=Blocked.RETRY, awaits=None, due=clock.now(), tries=0)
    return replace(mark, blocked=None, awaits=None, since=None, due=None, tries=0)
