"""How alike two names are, whatever their scripts: proper name and purpose apart for associations, as a whole for persons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from vocabulary.glossary import is_common, purpose_of
from vocabulary.names import full_skeleton, is_arabic, skeleton, words
from vocabulary.text import Bilingual

_COMMON_WEIGHT = 0.35  # "Sidi", "douar" and the commune's own name, against 1 for a word that tells
_MISSING_WORD = 0.35  # cost of a word that one name has and the other leaves out; a word *replaced* costs its whole weight
_PROPER_SHARE = 0.7  # of the score, where both names also say a purpose
_ONE_PURPOSE = 0.96  # where only one of them does
_PURPOSE_ALONE = 0.85  # the most that two names without a proper name reach, unless they are word for word the same
_SAME_PERSON = 0.85
_JOINED_LETTERS = 6  # from this length on, names are also compared with their words written together


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A name in one language: its telling words, and its purposes as {code: the word that said it}."""

    words: tuple[str, ...]
    proper: tuple[str, ...]
    purposes: dict[str, str]


@lru_cache(maxsize=65536)
def parse_name(text: str) -> ParsedName:
    """An association's name taken apart into its proper name and its purposes."""
    tokens = words(text)
    purposes = {code: word for word in tokens if (code := purpose_of(word))}
    return ParsedName(tokens, tuple(word for word in tokens if purpose_of(word) is None), purposes)


def name_similarity(one: Bilingual, other: Bilingual, ordinary: frozenset[str] = frozenset()) -> float | None:
    """How alike two associations' names are, 0 to 1; None where one of them has no telling word.

    Compared language by language, and across scripts where they have no language in common; the best counts.
    `ordinary` are folded words that tell little here, such as the name of the commune both sit in.
    """
    scores = [_named_alike(parse_name(a), parse_name(b), ordinary) for a, b in _pairs(one, other) if words(a) and words(b)]
    return max(scores, default=None)


def same_person(one: Bilingual, other: Bilingual) -> bool:
    """Whether two persons' names are spellings of the same one, in any order of first and family name.

    Two words or more have to agree: a family name alone names a family.
    """
    return any(_persons_alike(words(a), words(b)) for a, b in _pairs(one, other))


@lru_cache(maxsize=65536)
def word_similarity(one: str, other: str) -> float:
    """How alike two folded words are, 0 to 1: letters within one script, consonants across the two."""
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    if is_arabic(one) == is_arabic(other):
        return _same_script(one, other)
    return _across_scripts(one, other)


def edits_allowed(length: int) -> int:
    """How many letters of a word may differ: none up to 3 letters, one up to 6, two from 7 on."""
    return 0 if length <= 3 else 1 if length <= 6 else 2  # noqa: PLR2004 - the rule's own numbers


def _pairs(one: Bilingual, other: Bilingual) -> list[tuple[str, str]]:
    """The texts to compare; each pair in one order, whichever way round it was asked, so that the answer is the same."""
    texts = [(one.fr, other.fr), (one.ar, other.ar)]
    if not any(a and b for a, b in texts):
        texts = [(one.fr, other.ar), (one.ar, other.fr)]
    return [(min(pair), max(pair)) for pair in texts if all(pair)]


def _same_script(one: str, other: str) -> float:
    edits = OSA.distance(one, other, score_cutoff=3)
    if edits <= edits_allowed(min(len(one), len(other))):
        return 1 - 0.06 * edits
    # The same consonants and few other letters: two ways to write the vowels ("Attadamoun", "Ettadamon").
    consonants = skeleton(one)
    return 0.9 if edits <= 3 and len(consonants) > 1 and consonants == skeleton(other) else 0.0  # noqa: PLR2004


def _across_scripts(one: str, other: str) -> float:
    """By their consonants: the fewer there are, the less it says that they agree."""
    latin, arabic = (other, one) if is_arabic(one) else (one, other)
    if latin.endswith("t") and arabic.endswith("ه"):
        latin = latin[:-1]  # ta marbuta is heard as t before another word and in some names: "Zahrat", "Hayat"
    heard, meant = skeleton(latin), skeleton(arabic)
    if heard == meant and len(heard) > 1:
        return 0.95 if len(heard) > 2 else 0.9  # noqa: PLR2004
    if len(heard) < 2 and len(meant) < 2:  # noqa: PLR2004
        return _few_consonants(latin, arabic)
    with_article = heard == f"l{meant}"  # "Laazib" for العزيب: in Latin letters nothing says whether the l is the article
    if with_article or (min(len(heard), len(meant)) > 3 and OSA.distance(heard, meant, score_cutoff=1) <= 1):  # noqa: PLR2004
        return 0.85
    return 0.0


def _few_consonants(latin: str, arabic: str) -> float:
    heard, meant = full_skeleton(latin), full_skeleton(arabic)
    if heard == meant and len(heard) > 1:
        return 0.9
    return 0.7 if skeleton(latin) == skeleton(arabic) != "" else 0.0


def _named_alike(one: ParsedName, other: ParsedName, ordinary: frozenset[str]) -> float:
    if sorted(one.words) == sorted(other.words):
        return 1.0
    if not one.proper and not other.proper:
        return _PURPOSE_ALONE * _purposes_alike(set(one.purposes), set(other.purposes))
    proper = _ProperNames.aligned(one, other, ordinary)
    score = max(proper.score, _written_together(one.proper, other.proper))
    if one.purposes and other.purposes:
        return _PROPER_SHARE * score + (1 - _PROPER_SHARE) * _purposes_alike(proper.purposes_of_one, proper.purposes_of_other)
    return score * (_ONE_PURPOSE if one.purposes or other.purposes else 1)


def _purposes_alike(one: set[str], other: set[str]) -> float:
    """Half for the share of what the shorter says, half for the share of what either says."""
    if not one or not other:
        return 1.0 if one == other else 0.5
    shared = len(one & other)
    return (shared / min(len(one), len(other)) + shared / len(one | other)) / 2


@dataclass(frozen=True, slots=True)
class _ProperNames:
    """Two proper names laid side by side, and the purposes that stayed purposes."""

    score: float
    purposes_of_one: set[str]
    purposes_of_other: set[str]

    @classmethod
    def aligned(cls, one: ParsedName, other: ParsedName, ordinary: frozenset[str]) -> "_ProperNames":
        pairs, left_of_one, left_of_other = _align(one.proper, other.proper)
        purposes_of_one, purposes_of_other = set(one.purposes), set(other.purposes)
        # A proper name in one script is a purpose in the other's glossary ("Attadamoun", التضامن), and so is a purpose misspelt.
        pairs += _met_as_purpose(left_of_one, other, purposes_of_one, purposes_of_other)
        pairs += _met_as_purpose(left_of_other, one, purposes_of_other, purposes_of_one)
        matched = sum(_weight(a, ordinary) for a, _, _ in pairs)
        agreed = sum(_weight(a, ordinary) * similarity for a, _, similarity in pairs)
        lost, gained = (sum(_weight(word, ordinary) for word in left) for left in (left_of_one, left_of_other))
        missing = _MISSING_WORD * abs(lost - gained)
        # However much one name leaves out, it stays the beginning of the other as long as nothing speaks against it.
        missing = min(missing, matched / 2) if matched >= 1 and not min(lost, gained) else missing
        cost = matched + min(lost, gained) + missing
        return cls(agreed / cost if cost else 0.0, purposes_of_one, purposes_of_other)


Pair = tuple[str, str, float]


def _align(one: Sequence[str], other: Sequence[str]) -> tuple[list[Pair], list[str], list[str]]:
    """Pairs of words that agree, the best first, and what each name has left; the order of words does not matter."""
    candidates = [(word_similarity(a, b), i, j) for i, a in enumerate(one) for j, b in enumerate(other)]
    used_one: dict[int, tuple[int, float]] = {}
    used_other: set[int] = set()
    for similarity, i, j in sorted(candidates, key=lambda found: (-found[0], found[1] + found[2], abs(found[1] - found[2]))):
        if similarity and i not in used_one and j not in used_other:
            used_one[i] = (j, similarity)
            used_other.add(j)
    pairs = [(one[i], other[j], similarity) for i, (j, similarity) in used_one.items()]
    left_of_one = [word for i, word in enumerate(one) if i not in used_one]
    return pairs, left_of_one, [word for j, word in enumerate(other) if j not in used_other]


def _met_as_purpose(left: list[str], other: ParsedName, purposes: set[str], purposes_of_other: set[str]) -> list[Pair]:
    """Takes out of `left` the words that the other name holds as a purpose, and out of its purposes what is thereby explained."""
    met: list[Pair] = []
    for word in list(left):
        best = max(
            sorted(purposes_of_other - purposes), key=lambda code: word_similarity(word, other.purposes[code]), default=None
        )
        if best and (similarity := word_similarity(word, other.purposes[best])):
            met.append((word, other.purposes[best], similarity))
            left.remove(word)
            purposes_of_other.discard(best)
    return met


def _written_together(one: Iterable[str], other: Iterable[str]) -> float:
    """`عبد الله` is `Abdellah`, and "Ouled Ali" may be "Ouledali"."""
    a, b = "".join(one), "".join(other)
    return 0.95 * word_similarity(a, b) if min(len(a), len(b)) >= _JOINED_LETTERS else 0.0


def _weight(word: str, ordinary: frozenset[str]) -> float:
    return _COMMON_WEIGHT if is_common(word) or word in ordinary else 1.0


def _persons_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter = min(len(one), len(other))
    if shorter <= 1:
        return False
    pairs, _, _ = _align(one, other)
    if len(pairs) == shorter:
        return sum(similarity for _, _, similarity in pairs) / shorter >= _SAME_PERSON
    return _written_together(one, other) >= _SAME_PERSON
