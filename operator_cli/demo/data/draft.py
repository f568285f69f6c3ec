"""An association before it becomes a row of the sheet."""

from dataclasses import dataclass
from datetime import date

from operator_cli.demo.data.words import Proper, Purpose
from vocabulary.association_sheet import OFFICES
from vocabulary.territory import Commune
from vocabulary.text import Bilingual, Language


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who holds an office."""

    names: Bilingual
    phone: str
    email: str
    language: Language

    def cells(self) -> dict[str, str]:
        """The officer's cells, without the office that their columns begin with."""
        details = {"phone": self.phone, "email": self.email, "language": self.language}
        return {"name_fr": self.names.fr, "name_ar": self.names.ar, **details}


@dataclass(frozen=True, slots=True)
class Draft:
    """An association; `scripts` are the languages its row names it in, `officers` follow the order of OFFICES."""

    proper: Proper
    purpose: Purpose
    neighbourhood: Bilingual | None
    commune: Commune
    scripts: tuple[Language, ...]
    phone: str
    email: str
    receipt_number: str
    receipt_date: date
    officers: tuple[Officer, ...]

    def name_fr(self, proper: str | None = None) -> str:
        """The French name, whatever `scripts` says; another spelling of the proper name may be given."""
        return " ".join(("Association", proper or self.proper.names.fr, *self._where("fr"), "pour", self.purpose.names.fr))

    def name_ar(self, proper: str | None = None) -> str:
        """The Arabic name, as name_fr."""
        return " ".join(("جمعية", proper or self.proper.names.ar, *self._where("ar"), self.purpose.names.ar))

    def row(self) -> dict[str, str]:
        """The row of the sheet, but for its reference; see vocabulary.association_sheet."""
        officers = zip(OFFICES, self.officers, strict=True)
        of_officers = {f"{office}_{detail}": cell for office, officer in officers for detail, cell in officer.cells().items()}
        return {
            "name_fr": self.name_fr() if "fr" in self.scripts else "",
            "name_ar": self.name_ar() if "ar" in self.scripts else "",
            "commune_code": self.commune.code,
            "seat": ", ".join((" ".join(self._where("fr")) or "Maison des associations", self.commune.names.fr)),
            "receipt_number": self.receipt_number,
            "receipt_date": self.receipt_date.isoformat(),
            "receipt_authority": f"{'Pachalik' if self._is_urban else 'Caïdat'} de {self.commune.names.fr}",
            "phone": self.phone,
            "email": self.email,
            "fields": ";".join(self.purpose.fields),
            **of_officers,
        }

    @property
    def _is_urban(self) -> bool:
        return self.commune.kind == "urban"

    def _where(self, language: Language) -> tuple[str, ...]:
        if self.neighbourhood is None:
            return ()
        kind = Bilingual("Hay", "حي") if self._is_urban else Bilingual("Douar", "دوار")
        return (kind.best(language), self.neighbourhood.best(language))
