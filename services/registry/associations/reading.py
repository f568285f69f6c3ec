"""An association's data as they were handed in, read and checked: all that is wrong is said at once, or there is an application.

Both ways in come here: a row of a sheet as it is, the body of a request brought into such cells (schemas.py).
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from chassis.schemas import FIRST_YEAR, UNPRINTABLE
from services.registry.associations.faults import Fault
from services.registry.associations.values import Application, Names, Officer, Receipt
from vocabulary import territory
from vocabulary.association_sheet import OFFICES
from vocabulary.glossary import FIELDS
from vocabulary.phones import InvalidPhone, e164
from vocabulary.text import LANGUAGES

T = TypeVar("T")
Cells = Mapping[str, str]
"""Texts by the columns of vocabulary.association_sheet; a column that is not there is empty."""

LONGEST = 300
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
_RECEIPT = ("receipt_number", "receipt_date", "receipt_authority")
_OFFICER = ("name_fr", "name_ar", "phone", "email", "language")


class Refused(ValueError):  # noqa: N818 - a word of the domain
    """Data that make no association, with everything that is wrong with them."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(f"{fault.column}: {fault.code}" for fault in faults))
        self.faults = faults


def read(cells: Cells, *, within: str | None, today: date, bureau: bool = True) -> Application:
    """The application that these cells are.

    `within` is the region or province in which the commune must lie, None for anywhere; `today` is the last day a receipt
    may bear. `bureau` asks for all three officers, which are part of the dossier; without it those that are given are read.

    Raises:
        Refused: something is wrong; nothing is corrected or left out silently.

    """
    reader = _Reader(cells, today)
    application = Application(
        reference=reader.text("ref"),
        names=reader.names(""),
        commune=reader.commune(within),
        seat=reader.text("seat"),
        receipt=reader.receipt(),
        phone=reader.phone("phone"),
        email=reader.email("email"),
        fields=reader.fields(),
        officers=[reader.officer(office) for office in OFFICES if bureau or reader.gives(office)],
    )
    if reader.faults:
        raise Refused(reader.faults)
    return application


def read_officer(office: str, details: Mapping[str, str]) -> Officer:
    """One person in an office, from `name_fr`, `name_ar`, `phone`, `email` and `language`.

    Raises:
        Refused: something is wrong; its columns begin with the office.

    """
    reader = _Reader({f"{office}_{detail}": text for detail, text in details.items()}, date.max)
    officer = reader.officer(office)
    if reader.faults:
        raise Refused(reader.faults)
    return officer


class _Wrong(Exception):  # noqa: N818 - carries a fault's code to where the column is known
    """A text that is not what its column takes."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Reader:
    """Reads cell by cell and notes what is wrong; a value that is wrong counts as missing."""

    def __init__(self, cells: Cells, today: date) -> None:
        self.faults: list[Fault] = []
        self._cells = cells
        self._today = today

    def gives(self, office: str) -> bool:
        return any(self._raw(f"{office}_{detail}") for detail in _OFFICER)

    def text(self, column: str) -> str | None:
        return self._checked(column, _plain)

    def phone(self, column: str) -> str | None:
        return self._checked(column, _phone)

    def email(self, column: str) -> str | None:
        return self._checked(column, _email)

    def fields(self) -> list[str]:
        return self._checked("fields", _fields) or []

    def names(self, whose: str) -> Names:
        columns = (f"{whose}name_fr", f"{whose}name_ar")
        if not any(map(self._raw, columns)):
            self._note(columns[0], "name-missing")
        fr, ar = (self.text(column) or "" for column in columns)
        return Names(fr=fr, ar=ar)

    def commune(self, within: str | None) -> str | None:
        return self._required("commune_code", lambda code: _commune(code, within))

    def receipt(self) -> Receipt | None:
        if not any(map(self._raw, _RECEIPT)):
            return None
        for column in _RECEIPT:
            if not self._raw(column):
                self._note(column, "receipt-incomplete")
        day = self._checked("receipt_date", lambda text: _day(text, self._today))
        return Receipt(number=self.text("receipt_number"), date=day, authority=self.text("receipt_authority"))

    def officer(self, office: str) -> Officer:
        return Officer(
            office=office,
            names=self.names(f"{office}_"),
            phone=self.phone(f"{office}_phone"),
            email=self.email(f"{office}_email"),
            language=self._required(f"{office}_language", _language),
        )

    def _required(self, column: str, check: Callable[[str], T]) -> T | None:
        if not self._raw(column):
            self._note(column, "missing")
        return self._checked(column, check)

    def _checked(self, column: str, check: Callable[[str], T]) -> T | None:
        text = self._raw(column)
        try:
            return check(_plain(text)) if text else None
        except _Wrong as wrong:
            self._note(column, wrong.code)
            return None

    def _raw(self, column: str) -> str:
        return self._cells.get(column, "").strip()

    def _note(self, column: str, code: str) -> None:
        self.faults.append(Fault(column, code))


def _plain(text: str) -> str:
    if UNPRINTABLE.search(text):
        raise _Wrong("unprintable")
    if len(text) > LONGEST:
        raise _Wrong("too-long")
    return text


def _phone(text: str) -> str:
    try:
        return e164(text)
    except InvalidPhone:
        raise _Wrong("phone-invalid") from None


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise _Wrong("email-invalid")
    return text


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise _Wrong("language-unknown")
    return text


def _commune(code: str, within: str | None) -> str:
    try:
        found = territory.commune(code)
    except territory.UnknownTerritory:
        raise _Wrong("commune-unknown") from None
    if within not in {None, found.region, found.province}:
        raise _Wrong("commune-elsewhere")
    return found.code


def _day(text: str, last: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _Wrong("date-invalid") from None
    if day.year < FIRST_YEAR:
        raise _Wrong("date-invalid")
    if day > last:
        raise _Wrong("date-future")
    return day


def _fields(text: str) -> list[str]:
    given = [part.strip() for part in text.split(";") if part.strip()]
    if not set(given) <= set(FIELDS):
        raise _Wrong("field-unknown")
    return list(dict.fromkeys(given))
