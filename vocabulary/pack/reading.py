"""Reading a pack's document: a cursor that knows where it stands and notes every problem instead of stopping at the first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from vocabulary.text import Bilingual

Step = str | int

LONGEST_TEXT = 5_000
LONGEST_CODE = 100

_ABSENT = object()
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a pack: where, what, and what to write instead.

    `file` is relative to the pack's folder, empty when the pack came as a document; `steps` lead to the place inside it.
    """

    steps: tuple[Step, ...]
    wrong: str
    write: str
    file: str = ""

    @property
    def path(self) -> str:
        """The place as one reads it: `modules[3].title.ar`."""
        return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.steps).removeprefix(".")

    def within(self, file: str, inside: int) -> "Problem":
        """The same problem as seen in a file: the first `inside` steps of the document lead to that file."""
        return replace(self, file=file, steps=self.steps[inside:])

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.path) if part) or "the pack"
        return f"{where}: {self.wrong}; {self.write}."


class PackInvalid(ValueError):  # noqa: N818 - a name of the domain: what is wrong with the pack
    """The pack cannot be used. `problems` holds all that is wrong with it, in reading order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class Node:
    """A value in the document and the steps that lead to it.

    A reading that fails notes a problem and returns an empty value of its type: what was built from it is thrown away, since
    `PackInvalid` is raised when reading ends with problems.
    """

    def __init__(self, value: Any, problems: list[Problem], steps: tuple[Step, ...] = ()) -> None:
        self._value = value
        self._steps = steps
        self._problems = problems

    def __getitem__(self, key: str) -> "Node":
        """The value under a key; a missing one is a problem, noted once, and reads as an empty value."""
        child = self._child(key, self._mapping().get(key, _ABSENT))
        if isinstance(self._value, dict) and key not in self._value:
            child.refuse("is missing", f"write `{key}:` here with its value")
        return child

    def get(self, key: str) -> "Node | None":
        """The value under a key that may be left out."""
        return self[key] if key in self._mapping() else None

    def refuse(self, wrong: str, write: str) -> None:
        """Note that this place is wrong, and what to write there."""
        self._problems.append(Problem(self._steps, wrong, write))

    def holds(self, of: type[Any]) -> "Node":
        """The node itself, its keys checked to be fields of a dataclass: a mistyped key is never passed over."""
        return self.only(*(field.name for field in fields(of)))

    def only(self, *known: str) -> "Node":
        """The node itself, its keys checked to be among the known ones."""
        if not isinstance(self._value, dict):
            self._expected("a mapping", f"write the keys {_listed(known)}")
        for key in self._mapping():
            if key not in known:
                self._child(str(key), None).refuse("is not a known key", f"write one of {_listed(known)}, or take it out")
        return self

    def items(self) -> Iterator["Node"]:
        """The members of a list that has one at least."""
        if not isinstance(self._value, list | tuple) or not self._value:
            self._expected("a list with one entry or more", "write its entries, each after a dash")
            return
        for index, value in enumerate(self._value):
            yield self._child(index, value)

    def entries(self) -> Iterator[tuple[str, "Node"]]:
        """The keys, which are codes, and values of a mapping that has one at least."""
        if not isinstance(self._value, dict) or not self._value:
            self._expected("a mapping with one entry or more", "write its entries as `code: value`")
            return
        for key, value in self._value.items():
            yield self._child(str(key), key).code(), self._child(str(key), value)

    def text(self) -> str:
        """A text that says something, in LONGEST_TEXT characters at most."""
        if not isinstance(self._value, str) or not self._value.strip():
            self._expected("a text", "write a text, in quotes if it looks like a number, a date, yes or no")
            return ""
        if len(self._value) > LONGEST_TEXT:
            self.refuse(f"has {len(self._value)} characters", f"write {LONGEST_TEXT} at most")
        return self._value.strip()

    def code(self) -> str:
        """A code: ASCII letters, digits and single dashes or underscores, beginning with a letter."""
        return self.matching(_CODE, "a code of letters, digits and dashes, such as OD-01")

    def matching(self, pattern: re.Pattern[str], meaning: str) -> str:
        """A text of a given form, described for the message, of LONGEST_CODE characters at most."""
        if isinstance(self._value, str) and len(self._value) <= LONGEST_CODE and pattern.fullmatch(self._value):
            return self._value
        self._expected(meaning.split(",", maxsplit=1)[0], f"write {meaning}")
        return ""

    def choice(self, allowed: Sequence[str]) -> str:
        """One of a few words."""
        if self._value in allowed:
            return str(self._value)
        self._expected("one of the known words", f"write one of {_listed(allowed)}")
        return ""

    def whole(self, low: int, high: int) -> int:
        """A whole number between two bounds, both included."""
        if isinstance(self._value, int) and not isinstance(self._value, bool) and low <= self._value <= high:
            return self._value
        self._expected("a whole number in range", f"write a whole number from {low} to {high}")
        return low

    def share(self) -> float:
        """A share of a whole: above 0, at most 1."""
        if isinstance(self._value, int | float) and not isinstance(self._value, bool) and 0 < self._value <= 1:
            return float(self._value)
        self._expected("a share", "write a number above 0 and at most 1, such as 0.8")
        return 1.0

    def is_null(self) -> bool:
        """Whether `null` was written on purpose."""
        return self._value is None

    def is_empty(self) -> bool:
        """Whether it is a collection without entries."""
        return isinstance(self._value, dict | list | tuple) and not self._value

    def bilingual(self) -> Bilingual:
        """The two languages, each written in its own script."""
        self.holds(Bilingual)
        return Bilingual(fr=self["fr"].french(), ar=self["ar"].arabic())

    def french(self) -> str:
        """A French text."""
        text = self.text()
        if text and (not _LATIN.search(text) or _ARABIC.search(text)):
            self.refuse("is not French", "write the French text here and the Arabic one under its own key")
        return text

    def arabic(self) -> str:
        """An Arabic text; Latin words may stand in it."""
        text = self.text()
        if text and not _ARABIC.search(text):
            self.refuse("has no Arabic letter", "write the Arabic text here")
        return text

    def _mapping(self) -> dict[Any, Any]:
        return self._value if isinstance(self._value, dict) else {}

    def _child(self, step: Step, value: Any) -> "Node":
        return Node(value, self._problems, (*self._steps, step))

    def _expected(self, what: str, write: str) -> None:
        if self._value is not _ABSENT:
            self.refuse(f"is {_shown(self._value)}, not {what}", write)


def _shown(value: Any) -> str:
    """A short form of a wrong value; collections are named, not printed."""
    if value is None:
        return "empty"
    if isinstance(value, dict | list | tuple):
        return f"a {'mapping' if isinstance(value, dict) else 'list'} of {len(value)}"
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."  # noqa: PLR2004 - a width, for reading


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)
