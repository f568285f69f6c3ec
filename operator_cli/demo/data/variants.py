"""How people hand in an association that is already there: the planted duplicates, each kind a way in which two rows differ.

A kind takes the first row's draft and gives the cells that the duplicate has instead. What it leaves alone (always the commune,
and a phone, the receipt or two officers) is what the duplicate can be known by.
"""

from collections.abc import Callable
from random import Random

from operator_cli.demo.data.draft import Draft
from operator_cli.demo.data.maker import Maker
from vocabulary.association_sheet import OFFICES
from vocabulary.digits import arabic_digits

Cells = dict[str, str]

EXACT = "exact"
_NO_RECEIPT: Cells = {"receipt_number": "", "receipt_date": "", "receipt_authority": ""}
_SHORT = {
    "Association": "Ass.",
    "pour": "p.",
    "développement": "dév.",
    "l'environnement": "l'env.",
    "culture": "cult.",
    "l'éducation": "l'éduc.",
    "rural": "rur.",
    "rurale": "rur.",
    "agricole": "agri.",
}
_RESPELT = {"Mohamed": "Mohammed", "ou": "u", "Kh": "KH", "ch": "sh", "ss": "s", "El ": "Al ", "dd": "d"}


def typo(draft: Draft, rng: Random) -> Cells:
    """Two letters of the proper name have changed places; the Arabic name and the receipt are left out."""
    return {"name_fr": draft.name_fr(_mistyped(draft.proper.names.fr, rng)), "name_ar": "", **_NO_RECEIPT}


def other_script(draft: Draft) -> Cells:
    """All names stand in the other script: the one the first row lacks, or Arabic alone where it has both."""
    left_out, names = ("ar", {"name_fr": draft.name_fr()}) if draft.scripts == ("ar",) else ("fr", {"name_ar": draft.name_ar()})
    without = {f"{whose}name_{left_out}": "" for whose in ("", *(f"{office}_" for office in OFFICES))}
    return {**without, **names, **_NO_RECEIPT}


def transliteration(draft: Draft) -> Cells:
    """Arabic names in other Latin letters, of the association and of its officers."""
    officers = zip(OFFICES, draft.officers, strict=True)
    persons = {f"{office}_name_fr": _respelt(officer.names.fr) for office, officer in officers}
    return {"name_fr": draft.name_fr(draft.proper.respelt), "name_ar": "", **persons, **_NO_RECEIPT}


def phone_form(draft: Draft, maker: Maker) -> Cells:
    """The same number with its country code or in Arabic digits; secretary and treasurer have changed."""
    digits = draft.phone.removeprefix("0")
    written = maker.rng.choice(
        (f"+212 {digits[0]} {digits[1:3]} {digits[3:5]} {digits[5:7]} {digits[7:]}", arabic_digits(draft.phone))
    )
    return {"phone": written, **_new_officer("secretary", maker), **_new_officer("treasurer", maker), **_NO_RECEIPT}


def missing_word(draft: Draft) -> Cells:
    """The proper name alone, without what the association is for."""
    return {"name_fr": f"Association {draft.proper.names.fr}", "name_ar": f"جمعية {draft.proper.names.ar}", **_NO_RECEIPT}


def swapped_words(draft: Draft) -> Cells:
    """The purpose first and the proper name last."""
    proper = draft.proper.names.fr
    return {"name_fr": f"{draft.name_fr().replace(f' {proper}', '', 1)} {proper}", "name_ar": "", "email": ""}


def abbreviation(draft: Draft) -> Cells:
    """Capital letters and shortened words."""
    return {"name_fr": " ".join(_SHORT.get(word, word) for word in draft.name_fr().split()).upper(), "name_ar": "", **_NO_RECEIPT}


def new_president(maker: Maker) -> Cells:
    """Another president with another telephone; the receipt is the same."""
    cells = _new_officer("president", maker)
    return {**cells, "phone": cells["president_phone"], "email": cells["president_email"]}


def typo_new_phone(draft: Draft, maker: Maker) -> Cells:
    """A typing error and another telephone; the receipt and the officers are the same."""
    return {"name_fr": draft.name_fr(_mistyped(draft.proper.names.fr, maker.rng)), "name_ar": "", "phone": maker.phone()}


# In the order in which they are planted, over and over.
KINDS: dict[str, Callable[[Draft, Maker], Cells]] = {
    "typo": lambda draft, maker: typo(draft, maker.rng),
    "other-script": lambda draft, _: other_script(draft),
    "transliteration": lambda draft, _: transliteration(draft),
    "phone-form": phone_form,
    "missing-word": lambda draft, _: missing_word(draft),
    "swapped-words": lambda draft, _: swapped_words(draft),
    "abbreviation": lambda draft, _: abbreviation(draft),
    "new-president": lambda _, maker: new_president(maker),
    "typo-new-phone": typo_new_phone,
    EXACT: lambda _, __: {},
}


def suits(kind: str, draft: Draft) -> bool:
    """Whether an association can have such a duplicate: a respelt name has to be French, and the other script to be new."""
    return len(draft.scripts) == 1 if kind == "other-script" else "fr" in draft.scripts


def _mistyped(name: str, rng: Random) -> str:
    """`name` with two neighbouring letters inside its longest word changed."""
    word = max(name.split(), key=len)
    places = [at for at in range(1, len(word) - 1) if word[at] != word[at + 1]]
    at = rng.choice(places)
    return name.replace(word, f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}", 1)


def _respelt(name: str) -> str:
    for written, also in _RESPELT.items():
        name = name.replace(written, also)
    return name


def _new_officer(office: str, maker: Maker) -> Cells:
    return {f"{office}_{detail}": cell for detail, cell in maker.officer().cells().items()}
