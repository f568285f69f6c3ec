"""Folding events into facts, and facts into figures. Pure: it reads and writes nothing but what it is given."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from chassis.events import Received
from services.observatory.figures.contributions import contribution

Told = Mapping[str, Any]
"""What is known of one thing; never changed in place."""

Place = tuple[str | None, str | None]
"""Region and province, where there are."""

Change = Callable[[Told, Received], Told]


@dataclass(frozen=True, slots=True)
class Fold:
    """How an event type changes one fact: its key, told by the event (none where there is nothing to change), and the change."""

    key: Callable[[Received], str | None]
    change: Change


@dataclass(frozen=True, slots=True)
class Rules:
    """What every event type changes, and what it counts by itself."""

    folds: Mapping[str, tuple[Fold, ...]]
    counts: Mapping[str, Callable[[Received], Mapping[str, int]]]

    def keys(self, event: Received) -> list[str]:
        """The facts that an event changes. Raises KeyError, TypeError or DecodeError for data that are unfit."""
        keys = (fold.key(event) for fold in self.folds.get(event.type, ()))
        return [key for key in keys if key is not None]


@dataclass
class Folding:
    """Facts and figures as they change: ``facts`` holds what is known (nothing for what is known not to be there)."""

    rules: Rules
    facts: dict[str, Told] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    sums: dict[Place, Counter[str]] = field(default_factory=dict)

    def apply(self, event: Received) -> int:
        """Fold one event in, wholly or, where its data are not what they should be, not at all.

        Returns:
            How many changes it made.

        Raises:
            KeyError, TypeError, AttributeError, msgspec.DecodeError: the event's data.

        """
        facts = list(self._folded(event))
        counts = self.rules.counts.get(event.type)
        added = counts(event) if counts else {}
        for key, before, after in facts:
            self._replace(key, before, after)
        self._add((event.region, event.province), added.items())
        return len(facts) + len(added)

    def _folded(self, event: Received) -> Iterator[tuple[str, Told, Told]]:
        for fold in self.rules.folds.get(event.type, ()):
            key = fold.key(event)
            if key is not None:
                before = self.facts.get(key, {})
                yield key, before, fold.change(before, event)

    def _replace(self, key: str, before: Told, after: Told) -> None:
        self.facts[key] = after
        self.changed.add(key)
        kind = key.partition("/")[0]
        (place, gone), (new_place, come) = contribution(kind, before), contribution(kind, after)
        if place == new_place:
            self._add(place, ((name, n) for name, n in _difference(come, gone) if n))
        else:
            self._add(place, ((name, -n) for name, n in gone.items() if n))
            self._add(new_place, ((name, n) for name, n in come.items() if n))

    def _add(self, place: Place, amounts: Iterable[tuple[str, int]]) -> None:
        for name, amount in amounts:
            self.sums.setdefault(place, Counter())[name] += amount


def _difference(come: Mapping[str, int], gone: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    for name in come.keys() | gone.keys():
        yield name, come.get(name, 0) - gone.get(name, 0)
