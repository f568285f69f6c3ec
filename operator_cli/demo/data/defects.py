"""Rows that have to come back as errors: each defect breaks one column of a row that would be good."""

from collections.abc import Callable
from random import Random

from vocabulary import territory
from vocabulary.association_sheet import OFFICES

Cells = dict[str, str]
Defect = Callable[[Random, str], Cells]


def unknown_commune(rng: Random, region: str) -> Cells:
    """A code inside the region that no commune has."""
    province = rng.choice(territory.provinces(region))
    return {"commune_code": f"{province.code}.99.{rng.randrange(50, 100)}"}


def other_region(rng: Random, region: str) -> Cells:
    """A commune that exists, in another region."""
    others = [other.code for other in territory.regions() if other.code != region]
    return {"commune_code": rng.choice(territory.communes(rng.choice(others))).code}


def missing_name(rng: Random, _region: str) -> Cells:
    """No name in either script."""
    return {"name_fr": "", "name_ar": rng.choice(("", "  "))}


def bad_phone(rng: Random, _region: str) -> Cells:
    """A number too short, too long, or none at all."""
    return {"phone": rng.choice(("06 00 12", "0600012345678", "à compléter", "0212345678"))}


def impossible_date(rng: Random, _region: str) -> Cells:
    """A receipt of a day that no calendar has."""
    return {"receipt_date": rng.choice(("2019-02-30", "2020-13-05", "2018-00-12", "l'an dernier"))}


def bad_email(rng: Random, _region: str) -> Cells:
    """An officer's mail address that is none."""
    return {
        f"{rng.choice(OFFICES)}_email": rng.choice(("contact.example.org", "bureau@", "@example.org", "nom prenom@example.org"))
    }


def bad_language(rng: Random, _region: str) -> Cells:
    """A language in which the programme does not write."""
    return {f"{rng.choice(OFFICES)}_language": rng.choice(("de", "xx", "français et arabe"))}


def missing_president(_rng: Random, _region: str) -> Cells:
    """No president: the list of the bureau is part of the dossier."""
    return {f"president_{detail}": "" for detail in ("name_fr", "name_ar", "phone", "email", "language")}


# In the order in which they are planted, over and over: 15 rows hold every one, the first seven twice.
DEFECTS: dict[str, Defect] = {
    "unknown-commune": unknown_commune,
    "other-region": other_region,
    "missing-name": missing_name,
    "bad-phone": bad_phone,
    "impossible-date": impossible_date,
    "bad-email": bad_email,
    "bad-language": bad_language,
    "missing-president": missing_president,
}
