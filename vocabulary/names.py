"""Names brought to a form in which two spellings of the same name meet, in French and in Arabic letters.

`fold` is for equality and search, `words` for the words that tell names apart, `skeleton` for comparing across the two scripts.
"""

import re
import unicodedata
from functools import lru_cache

from vocabulary.digits import ascii_digits

# What folding keeps: ASCII letters and digits, the basic Arabic letters, Tifinagh. All else is a mark (dropped) or a gap.
_GAP = re.compile(r"[^0-9a-z\u0621-\u064aⴰ-ⵧ]+")
_MARKS = re.compile(r"[\u0300-\u036f\u0610-\u061a\u0621\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f]")
_ELISION = re.compile(r"\b([ld])['’‘ʼ`´]")
_APOSTROPHE = re.compile(r"['’‘ʼ`´]")
# Letters that decomposition leaves alone: ta marbuta, alef maqsura, alef wasla, the Moroccan g, neighbours' keyboards.
_LETTERS = str.maketrans({**dict(zip("ةىٱڭݣگکڤیہ", "هياككككفيه", strict=True)), "œ": "oe", "æ": "ae"})

_SAY_NOTHING = frozenset(
    (
        *("association", "associations", "assoc", "asso", "ass"),
        *("l", "d", "la", "le", "les", "de", "du", "des", "al", "el"),
        *("et", "en", "au", "aux", "a", "pour", "par", "p", "sur", "dans"),
        *("جمعيه", "الجمعيه", "جمعيات", "و", "من", "في", "الي", "علي", "عن", "اجل", "ل", "ب"),
    )
)
_SUN_ARTICLE = re.compile(r"[aei](ch|sh|dh|th|[dlnrstz])")
_GLUED_ARTICLE = re.compile(r"[aei](ch|sh|dh|th|[dlnrstz])(?=\1)")
_SHORTEST_GLUED = 5
_ARABIC_ARTICLE = re.compile(r"(?:وال|بال|كال|فال|لل|ال)(?=.{3})")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """What two spellings of a name have in common; words are parted by one space, and folding again changes nothing.

    Left out: case, French accents, alef and hamza forms, ta marbuta, alef maqsura, tatweel, vowel signs, punctuation.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", ascii_digits(text)).casefold())
    plain = _MARKS.sub("", plain.translate(_LETTERS))
    return _GAP.sub(" ", _APOSTROPHE.sub("", _ELISION.sub(r"\1 ", plain))).strip()


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The folded words that tell a name from others: no "Association" or "جمعية", no articles, no linking words."""
    tokens = fold(text).split()
    following = [*tokens, ""][1:]
    kept = (token for token, after in zip(tokens, following, strict=True) if not _says_nothing(token, after))
    return tuple(without_article(token) for token in kept)


@lru_cache(maxsize=65536)
def without_article(word: str) -> str:
    """A folded word without the article that is written as part of it: `الامل` and `للامل` give `امل`, `ennour` gives `nour`."""
    if is_arabic(word):
        return _ARABIC_ARTICLE.sub("", word, count=1) if _ARABIC_ARTICLE.match(word) else word
    if len(word) >= _SHORTEST_GLUED and (glued := _GLUED_ARTICLE.match(word)):
        return word[glued.end() :]
    if len(word) > _SHORTEST_GLUED and word.startswith(("al", "el")) and len(skeleton(word[2:])) > 1:
        return word[2:]
    return word


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of one folded word in Latin letters, so that both scripts' spellings meet: `امل` and `amal` give `ml`.

    Vowels, the letters that stand for them in either script, h and doubled consonants are left out; consonants that
    transliteration confuses share a letter (ط and ت, ص and س, ق and ك and a hard g). "C" is ش, "X" خ, "R" غ.
    """
    return _DOUBLED.sub(r"\1", _SOFT.sub("", _consonants(word)))


@lru_cache(maxsize=65536)
def full_skeleton(word: str) -> str:
    """As `skeleton`, but with h, w and y unless they end the word: for words of few consonants, such as `حياه` and `hayat`."""
    return _DOUBLED.sub(r"\1", _consonants(_FINAL_SOFT.sub("", word)))


def is_arabic(word: str) -> bool:
    """Whether a folded word is written in Arabic letters."""
    return word[:1] > "\u0600"


def receipt_key(number: str) -> str:
    """A receipt's number in comparable form: `N° 012/2019`, `12-2019` and `١٢/٢٠١٩` give `12/2019`."""
    return "/".join(part.lstrip("0") or "0" for part in re.findall(r"\d+", ascii_digits(number)))


def _says_nothing(token: str, after: str) -> bool:
    if token in _SAY_NOTHING:
        return True
    article = _SUN_ARTICLE.fullmatch(token)
    return article is not None and after.startswith(article[1])


_DOUBLED = re.compile(r"(.)\1+")
_SOFT = re.compile(r"[hwy]")
_FINAL_SOFT = re.compile(r"(?:ou|[hwyiهوي])$")
_ARABIC = {
    **dict(zip("بجرزسفلمنكوي", "bjrzsflmnkwy", strict=True)),
    **dict(zip("صشخغق", "sCXRk", strict=True)),
    **dict.fromkeys("تطث", "t"),
    **dict.fromkeys("دذضظ", "d"),
    **dict.fromkeys("حه", "h"),
    **dict(zip("0123456789", "0123456789", strict=True)),
}
_DIGRAPHS = (
    ("tch", "C"), ("sch", "C"), ("ch", "C"), ("sh", "C"), ("kh", "X"), ("gh", "R"), ("th", "t"), ("dh", "d"), ("dj", "j"),
    ("ph", "f"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("p", "b"), ("v", "f"), ("ou", "w"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_SOFT_G = re.compile(r"g(?=[eiy])")
_LATIN = str.maketrans({**dict.fromkeys("aeou"), "i": "y", "c": "k", "q": "k", "g": "k"})


def _consonants(word: str) -> str:
    """The consonants of a folded word, h, w and y with them."""
    if is_arabic(word):
        return "".join(_ARABIC.get(letter, "") for letter in word)
    for written, heard in _DIGRAPHS:
        word = word.replace(written, heard)
    return _SOFT_G.sub("j", _SOFT_C.sub("s", word)).translate(_LATIN)
