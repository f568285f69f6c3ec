"""Certificate numbers: ``NSJ-03-2026-4F7KQ2MZ-N``, read out over a telephone and typed from paper.

Region, year, eight random characters (39 bits: nobody meets a real number by guessing), and a check character, so
that a number which was mistyped is told apart from one that was never given.
"""

import re
import secrets

# Without I, L, O and U, which are misread, and S, which is heard as F: 31 characters, a prime, for the check's sake.
ALPHABET = "0123456789ABCDEFGHJKMNPQRTVWXYZ"
RANDOM_CHARACTERS = 8
_FORM = re.compile(rf"NSJ-(\d{{2}})-(\d{{4}})-([{ALPHABET}]{{{RANDOM_CHARACTERS}}})-([{ALPHABET}])")
_MISREAD = str.maketrans("OIL", "011")


def new_number(region: str, year: int) -> str:
    """A number that nobody can foresee."""
    chosen = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return f"NSJ-{region}-{year:04}-{chosen}-{check_character(f'{region}{year:04}{chosen}')}"


def check_character(characters: str) -> str:
    """The character that follows these.

    Each place weighs differently modulo a prime, so one wrong character and two exchanged ones always show.
    """
    total = sum(weight * ALPHABET.index(character) for weight, character in enumerate(characters, start=1))
    return ALPHABET[total % len(ALPHABET)]


def as_written(typed: str) -> str:
    """A number as people type it, in the form in which it was given: capitals, no spaces, no misread letters."""
    head, _, tail = re.sub(r"\s", "", typed).upper().partition("-")
    return f"{head}-{tail.translate(_MISREAD)}" if tail else head


def is_well_formed(number: str) -> bool:
    """Whether a number could have been given: its form and its check character are right."""
    parts = _FORM.fullmatch(number)
    return parts is not None and check_character("".join(parts.groups()[:3])) == parts.group(4)
