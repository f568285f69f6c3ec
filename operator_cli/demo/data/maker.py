"""Draws associations from the lists in words.py so that none is another one by accident."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from operator_cli.demo.data.draft import Draft, Officer
from operator_cli.demo.data.words import FAMILIES, MEN, NEIGHBOURHOODS, PROPERS, PURPOSES, WOMEN, Proper, Purpose
from vocabulary import territory
from vocabulary.association_sheet import OFFICES
from vocabulary.names import fold
from vocabulary.territory import Commune
from vocabulary.text import LANGUAGES, Bilingual, Language

_FIRST_RECEIPT, _LAST_RECEIPT = date(2012, 1, 2), date(2022, 12, 30)
_MOBILE, _FIXED_LINE = ("06000", "07000"), "05350"  # then five digits; nothing is ever sent to these numbers
_CROWDING = 0.6  # exponent on the population: towns have more associations than villages, but fewer a head
_SCRIPTS: tuple[tuple[Language, ...], ...] = (("fr", "ar"), ("fr",), ("ar",))
_HOW_OFTEN = (75, 15, 10)

Place = Bilingual | None


@dataclass
class Maker:
    """Draws associations in one region.

    A commune has no name twice, and a proper name twice only in two neighbourhoods; phones, mail addresses and receipt
    numbers are given once.
    """

    rng: Random
    region: str
    _named: set[tuple[str, str, Place]] = field(default_factory=set)
    _given: set[str] = field(default_factory=set)

    def association(self, within: str | None = None) -> Draft:
        """A new association in the region or in the province with that code, likelier in a larger commune."""
        communes = territory.communes(within or self.region)
        (commune,) = self.rng.choices(communes, [commune.population**_CROWDING for commune in communes])
        proper, place = self._free_name(commune)
        (scripts,) = self.rng.choices(_SCRIPTS, _HOW_OFTEN)
        return self._draft(commune, proper, place, self.rng.choice(PURPOSES), scripts)

    def same_name_elsewhere(self, base: Draft) -> Draft:
        """Another association with the name of `base`, in another commune of its kind."""
        communes = [commune for commune in territory.communes(self.region) if commune.kind == base.commune.kind]
        free = [commune for commune in communes if self._is_free(commune, base.proper, base.neighbourhood)]
        return self._draft(self.rng.choice(free), base.proper, base.neighbourhood, base.purpose, base.scripts)

    def same_words_other_place(self, base: Draft) -> Draft:
        """Another association whose name differs from that of `base`, which must have a neighbourhood, in that place alone."""
        places = [place for place in NEIGHBOURHOODS if self._is_free(base.commune, base.proper, place)]
        return self._draft(base.commune, base.proper, self.rng.choice(places), base.purpose, base.scripts)

    def same_president_and_phone(self, base: Draft) -> Draft:
        """Another association, for something else, led by the president of `base` from the same telephone."""
        proper, place = self._free_name(base.commune)
        purposes = [purpose for purpose in PURPOSES if not set(purpose.fields) & set(base.purpose.fields)]
        made = self._draft(base.commune, proper, place, self.rng.choice(purposes), base.scripts)
        return replace(made, phone=base.phone, officers=(base.officers[0], *made.officers[1:]))

    def officer(self) -> Officer:
        """A person with a telephone, a mail address and a language."""
        first, family = self.rng.choice(self.rng.choice((WOMEN, MEN))), self.rng.choice(FAMILIES)
        names = Bilingual(f"{first.fr} {family.fr}", f"{first.ar} {family.ar}")
        return Officer(names, self.phone(self.rng.choice(_MOBILE)), self._email(names.fr), self.rng.choice(LANGUAGES))

    def phone(self, prefix: str = _FIXED_LINE) -> str:
        """A national number of ten digits that was not given before."""
        return self._once(lambda: f"{prefix}{self.rng.randrange(100_000):05d}")

    def _draft(self, commune: Commune, proper: Proper, place: Place, purpose: Purpose, scripts: tuple[Language, ...]) -> Draft:
        self._named.add((commune.code, proper.names.fr, place))
        officers = tuple(self.officer() for _ in OFFICES)
        phone = self.rng.choice((officers[0].phone, officers[0].phone, self.phone()))
        day = _FIRST_RECEIPT + timedelta(days=self.rng.randrange((_LAST_RECEIPT - _FIRST_RECEIPT).days))
        number = self._once(lambda: f"{self.rng.randrange(1, 1000)}/{day.year}")
        return Draft(proper, purpose, place, commune, scripts, phone, self._email(proper.names.fr), number, day, officers)

    def _free_name(self, commune: Commune) -> tuple[Proper, Place]:
        """A proper name that the commune does not have yet; once it has them all, one in another neighbourhood."""
        unused = [proper for proper in PROPERS if not self._has(commune, proper)]
        if unused:
            return self.rng.choice(unused), self.rng.choice((None, None, *self.rng.sample(NEIGHBOURHOODS, 1)))
        free = [(p, place) for p in PROPERS for place in NEIGHBOURHOODS if self._is_free(commune, p, place)]
        if not free:
            raise ValueError(f"There are no names left for another association in {commune.names.fr}; ask for a smaller scale.")
        return self.rng.choice(free)

    def _has(self, commune: Commune, proper: Proper) -> bool:
        return any((commune.code, proper.names.fr, place) in self._named for place in (None, *NEIGHBOURHOODS))

    def _is_free(self, commune: Commune, proper: Proper, place: Place) -> bool:
        """Whether the name can be given: a place that is new tells it apart, no place at all does not."""
        if place is None or (commune.code, proper.names.fr, None) in self._named:
            return not self._has(commune, proper)
        return (commune.code, proper.names.fr, place) not in self._named

    def _email(self, name: str) -> str:
        return self._once(lambda: f"{fold(name).replace(' ', '.')}.{self.rng.randrange(10_000)}@example.org")

    def _once(self, draw: Callable[[], str]) -> str:
        while (drawn := draw()) in self._given:
            pass
        self._given.add(drawn)
        return drawn
