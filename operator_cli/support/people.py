"""The people whom the register knows, so that their names are found in any text, however they are written."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vocabulary.digits import ascii_digits
from vocabulary.names import fold

WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f\u064b-\u0655\u0670\u0640]*)+")
NEAR = 3
"""Characters that may stand between two words of one name: `Amina El-Idrissi`, `idrissi, amina`, `amina_idrissi`."""
SHORTEST = 4
"""Letters of a word that is a name where it stands alone; shorter ones (El, Ben, Ali) are one only beside another word of it."""
NATIONAL = 9
"""Digits of a Moroccan number without its prefix: what all its spellings share."""
DIGITS = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s./()-]{0,2}\d){8,15}(?!\w)")

Span = tuple[int, int]


@dataclass
class People:
    """Names, phones and mail addresses, in memory only."""

    words: set[str] = field(default_factory=set)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    glued: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    mails: set[str] = field(default_factory=set)
    count: int = 0

    def add(self, names: Iterable[str], phone: str | None = None, mail: str | None = None) -> None:
        """Take in one person: the same name in each writing, and how to reach them."""
        self.count += 1
        for name in names:
            words = _folded(name)
            self.words.update(word for word in words if len(word) >= SHORTEST)
            self.pairs.update((one, other) for one in words for other in words if one != other)
            self.glued.update({"".join(words), "".join(reversed(words))} if len(words) > 1 else ())
        if phone:
            self.phones.add(_digits(phone))
        if mail:
            self.mails.add(mail.casefold())

    def spans(self, text: str) -> Iterator[Span]:
        """Where in a text somebody is named or can be reached, by what is known of them; in order, never overlapping."""
        found = sorted([*self._names(text), *self._phones(text)])
        end = 0
        for start, stop in found:
            if stop > end:
                yield max(start, end), stop
                end = stop

    def _names(self, text: str) -> Iterator[Span]:
        before: tuple[str, ...] = ()
        start = end = -NEAR - 1
        for match in WORD.finditer(text):
            word = _folded(match[0])
            near = match.start() - end <= NEAR
            if near and before and word and (before[-1], word[0]) in self.pairs:
                yield start, match.end()
            elif any(each in self.words for each in word) or "".join(word) in self.glued:
                yield match.span()
            before, start, end = word, match.start(), match.end()

    def _phones(self, text: str) -> Iterator[Span]:
        if self.phones:
            yield from (match.span() for match in DIGITS.finditer(text) if _digits(match[0]) in self.phones)


def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(text).split())


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, ascii_digits(text)))[-NATIONAL:]
