"""Whether two descriptions of an association describe the same one.

Evidence is weighed the way record linkage does (Fellegi and Sunter): each thing that agrees or differs moves the balance by its
weight, in natural log odds, and the balance becomes a score from 0 to 1. No single thing decides: a name alone never does
(communes repeat each other's names), and neither do a phone and a president (one person leads two associations).
A score at or above the threshold is a question for a person, never an answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from math import exp

from vocabulary import territory
from vocabulary.names import receipt_key, skeleton, words
from vocabulary.phones import InvalidPhone, e164
from vocabulary.similarity import name_similarity, parse_name, same_person
from vocabulary.text import Bilingual

DEFAULT_THRESHOLD = 0.7

# Log odds. The first is the doubt every pair starts with.
_PRIOR = -8.0
_NAME = (
    (0.0, -8.0),
    (0.5, -6.0),
    (0.6, 0.0),
    (0.7, 1.5),
    (0.85, 4.0),
    (0.95, 6.0),
    (1.0, 6.5),
)  # (similarity, weight), straight between
_NAME_UNKNOWN = -2.0
_SAME_COMMUNE, _OTHER_COMMUNE = 3.0, -6.0
_SAME_PHONE, _OTHER_PHONE = 4.0, -1.0
_SAME_RECEIPT, _OTHER_RECEIPT = 6.0, -2.0  # a renewed bureau gets a new receipt, so another number says little
_OFFICERS = (-1.0, 2.0, 3.5)  # none, one, two or more in common

_MOST_PHONES, _MOST_WORDS, _MOST_OFFICERS = 6, 6, 8  # what blocking keys are made of at most: about 40 keys a record


class Verdict(StrEnum):
    """What to do with a pair."""

    DUPLICATE = "duplicate"  # hold it for a person to decide
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells an association from others, normalised; build it with `Fingerprint.of`.

    names: as written; commune: code or ""; phones: E.164; receipt: see names.receipt_key, or None; officers: names as written.
    """

    names: Bilingual
    commune: str = ""
    phones: frozenset[str] = frozenset()
    receipt: str | None = None
    officers: tuple[Bilingual, ...] = ()

    @classmethod
    def of(
        cls,
        names: Bilingual,
        *,
        commune: str = "",
        phones: Iterable[str] = (),
        receipt: str | None = None,
        officers: Iterable[Bilingual] = (),
    ) -> "Fingerprint":
        """A fingerprint of data as they came. Empty and unreadable phones count as unknown: validating them is another's work."""
        known = tuple(officer for officer in officers if officer)
        return cls(names, commune, frozenset(_readable(phones)), receipt_key(receipt) if receipt else None, known)


@dataclass(frozen=True, slots=True)
class Match:
    """What comparing two fingerprints came to: a score from 0 to 1, why, and the verdict at the threshold it was asked for."""

    score: float
    reasons: tuple[str, ...]
    verdict: Verdict

    @property
    def is_duplicate(self) -> bool:
        """Whether the pair has to be held for a person to decide."""
        return self.verdict is Verdict.DUPLICATE

    @property
    def explanation(self) -> str:
        """The reasons in one line: `same phone; name 0.93; same commune`."""
        return "; ".join(self.reasons)


def compare(one: Fingerprint, other: Fingerprint, threshold: float = DEFAULT_THRESHOLD) -> Match:
    """Weigh what two descriptions have in common; which of them comes first makes no difference. Unknown things weigh nothing."""
    evidence = [*_receipts(one, other), *_phones(one, other), _name(one, other), *_officers(one, other), *_communes(one, other)]
    balance = _PRIOR + sum(weight for weight, _ in evidence)
    score = round(1 / (1 + exp(-balance)), 4)
    verdict = Verdict.DUPLICATE if score >= threshold else Verdict.DIFFERENT
    return Match(score, tuple(reason for _, reason in evidence), verdict)


def blocking_keys(record: Fingerprint) -> frozenset[str]:
    """Indexable strings (40 or so at most) of which two descriptions worth comparing share at least one.

    `phone:E164`, `receipt:PROVINCE:NUMBER`, `name:COMMUNE:SKELETON` a telling word, `officer:COMMUNE:SKELETON` a person.
    """
    phones = {f"phone:{phone}" for phone in sorted(record.phones)[:_MOST_PHONES]}
    receipt = {f"receipt:{_province(record)}:{record.receipt}"} if record.receipt else set()
    named = {f"name:{record.commune}:{key}" for text in (record.names.fr, record.names.ar) for key in _name_keys(text)}
    officers = {
        f"officer:{record.commune}:{key}" for officer in record.officers[:_MOST_OFFICERS] for key in _officer_keys(officer)
    }
    return frozenset(phones | receipt | named | officers)


Evidence = tuple[float, str]


def _name(one: Fingerprint, other: Fingerprint) -> Evidence:
    ordinary = _words_of_commune(one.commune) if one.commune == other.commune else frozenset()
    similarity = name_similarity(one.names, other.names, ordinary)
    if similarity is None:
        return _NAME_UNKNOWN, "name unknown"
    return _between(similarity), f"name {similarity:.2f}"


def _communes(one: Fingerprint, other: Fingerprint) -> list[Evidence]:
    if not one.commune or not other.commune:
        return []
    return [(_SAME_COMMUNE, "same commune") if one.commune == other.commune else (_OTHER_COMMUNE, "other commune")]


def _phones(one: Fingerprint, other: Fingerprint) -> list[Evidence]:
    if not one.phones or not other.phones:
        return []
    return [(_SAME_PHONE, "same phone") if one.phones & other.phones else (_OTHER_PHONE, "other phone")]


def _receipts(one: Fingerprint, other: Fingerprint) -> list[Evidence]:
    """Receipt numbers are each authority's own: the same number in another province says nothing."""
    if not one.receipt or not other.receipt:
        return []
    if one.receipt != other.receipt:
        return [(_OTHER_RECEIPT, "other receipt")]
    return [(_SAME_RECEIPT, "same receipt")] if _province(one) == _province(other) else []


def _officers(one: Fingerprint, other: Fingerprint) -> list[Evidence]:
    if not one.officers or not other.officers:
        return []
    shared = min(_recognised(one.officers, other.officers), _recognised(other.officers, one.officers))
    words_for_it = ("no officer in common", "one officer in common", f"{shared} officers in common")
    return [(_OFFICERS[min(shared, 2)], words_for_it[min(shared, 2)])]


def _recognised(officers: Iterable[Bilingual], others: tuple[Bilingual, ...]) -> int:
    return sum(any(same_person(officer, other) for other in others) for officer in officers)


def _between(similarity: float) -> float:
    for (low, at_low), (high, at_high) in pairwise(_NAME):
        if similarity <= high:
            return at_low + (at_high - at_low) * (similarity - low) / (high - low)
    return _NAME[-1][1]


def _readable(phones: Iterable[str]) -> Iterable[str]:
    for phone in phones:
        try:
            yield e164(phone)
        except InvalidPhone:
            continue


def _province(record: Fingerprint) -> str:
    return ".".join(record.commune.split(".")[:2])


def _name_keys(text: str) -> list[str]:
    name = parse_name(text)
    return [key for word in (name.proper or name.words)[:_MOST_WORDS] if (key := skeleton(word))]


def _officer_keys(officer: Bilingual) -> set[str]:
    keys = ("-".join(sorted(filter(None, map(skeleton, words(text))))) for text in (officer.fr, officer.ar))
    return {key for key in keys if key}


@lru_cache(maxsize=2048)
def _words_of_commune(code: str) -> frozenset[str]:
    """The words of a commune's own name, in both scripts; none for a code that does not exist."""
    try:
        names = territory.commune(code).names
    except territory.UnknownTerritory:
        return frozenset()
    return frozenset((*words(names.fr), *words(names.ar)))
