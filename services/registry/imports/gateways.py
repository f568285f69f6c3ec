"""Sheets as people hand them in: XLSX or CSV in bytes, rows of named cells out."""

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from chassis.problems import Invalid
from vocabulary.association_sheet import COLUMNS, OFFICES, column_of

MOST_ROWS = 5_000
MOST_COLUMNS = 100
MOST_UNPACKED = 200 * 1024 * 1024
"""Bytes of a workbook once unpacked: a small archive can hold very much."""

ADDED_TO_ERRORS = ("line", "reason_fr", "reason_ar")
"""Columns that the error file has besides; a corrected error file may be handed in with them."""

# What openpyxl and the archive below it raise for workbooks that are none.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, SyntaxError, OSError, EOFError)
_DELIMITERS = ",;\t"
Numbered = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty: its line in the file (the headings being line 1) and its cells by column.

    `shifted`: it has more cells than there are headings.
    """

    line: int
    cells: Mapping[str, str]
    shifted: bool = False


def read_sheet(content: bytes) -> list[Row]:
    """The rows of a file, which is recognised by what is in it, not by its name.

    Raises:
        Invalid: it cannot be taken at all, and what to do about it. Single rows are not judged here.

    """
    if not content.strip():
        raise Invalid("file-empty", "The file is empty: send one with a line of headings and a row for each association.")
    lines = _of_workbook(content) if content.startswith(b"PK\x03\x04") else _of_csv(content)
    headings = next(lines, None)
    if headings is None:
        raise Invalid("file-empty", "The file has no line of headings: begin it with the column names of the sheet.")
    columns = _columns(headings[1])
    filled = (_row(line, cells, columns) for line, cells in lines if any(cells))
    rows = list(islice(filled, MOST_ROWS + 1))
    if not rows:
        raise Invalid("file-empty", "The file has headings and no rows: add a row for each association.")
    if len(rows) > MOST_ROWS:
        raise Invalid("file-too-long", f"The file has more than {MOST_ROWS} rows: split it and send the parts one by one.")
    return rows


def _row(line: int, cells: Sequence[str], columns: Sequence[str | None]) -> Row:
    named = {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}
    return Row(line, named, shifted=any(cells[len(columns) :]))


def _columns(headings: Sequence[str]) -> list[str | None]:
    """The column of each heading; None for one that the error file added."""
    used = max((place for place, heading in enumerate(headings, 1) if heading), default=0)
    found = [None if heading in ADDED_TO_ERRORS else column_of(heading) for heading in headings[:used]]
    unknown = [h for h, column in zip(headings, found, strict=False) if column is None and h not in ADDED_TO_ERRORS]
    known = [column for column in found if column]
    faults = [_fault(h[:60] or "(empty)", "is no column of the sheet: correct the heading or delete the column") for h in unknown]
    faults += [_fault(column, "stands there twice: keep one") for column in COLUMNS if known.count(column) > 1]
    faults += [_fault(column, "is missing: add the column") for column in _missing(known)]
    if not known:
        sentence = "The first line is no line of headings: begin the file with the column names of the sheet, such as name_fr."
        raise Invalid("headings-missing", sentence)
    if faults:
        raise Invalid("headings-wrong", "Correct the headings as the list says, and send the file again.", faults)
    return found


def _missing(known: Sequence[str]) -> Iterator[str]:
    for whose in ("", *(f"{office}_" for office in OFFICES)):
        if not {f"{whose}name_fr", f"{whose}name_ar"} & set(known):
            yield f"{whose}name_fr"
    yield from (column for column in ("commune_code", *(f"{office}_language" for office in OFFICES)) if column not in known)


def _fault(heading: str, problem: str) -> dict[str, str]:
    return {"field": heading, "problem": problem, "in": "file"}


# ---- CSV


def _of_csv(content: bytes) -> Iterator[Numbered]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        sentence = f"Line {line} is not CSV: look for a quotation mark that is not closed, or save the sheet as XLSX."
        raise Invalid("file-not-csv", sentence, line=line) from error


def _decoded(content: bytes) -> str:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Invalid("file-kind", "This is a workbook of the old kind (.xls): save it as .xlsx, and send that.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sentence = "The file is neither an XLSX workbook nor text in UTF-8: save it as XLSX or as 'CSV UTF-8', and send that."
        raise Invalid("file-encoding", sentence) from error
    if "\0" in text:
        raise Invalid("file-kind", "The file is neither an XLSX workbook nor CSV: save it as one of these, and send that.")
    return text


# ---- XLSX


def _of_workbook(content: bytes) -> Iterator[Numbered]:
    """The lines of the first sheet. Read in full before the first is given, so that a damaged file is refused as a whole."""
    try:
        return iter(_lines_of_workbook(content))
    except _UNREADABLE as error:
        sentence = "The file cannot be read as an XLSX workbook: open it in a spreadsheet, save it again as .xlsx, and send that."
        raise Invalid("file-not-xlsx", sentence) from error


def _lines_of_workbook(content: bytes) -> list[Numbered]:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
            raise Invalid("file-too-large", "The workbook is too large once unpacked: split it and send the parts one by one.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it leaves out
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says about its own size may be wrong
        return list(_bounded(enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1)))


def _bounded(lines: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[Numbered]:
    """The headings and the rows that are not empty, of which one more than may be; empty lines count up to twice as many."""
    given = 0
    for line, values in islice(lines, 2 * MOST_ROWS):
        cells = [_text(value) for value in values]
        if any(cells):
            given += 1
            yield line, cells
        if given > MOST_ROWS + 1:
            return


def _text(value: Any) -> str:
    """A cell as the text that it shows: whole numbers without a point, days as YYYY-MM-DD."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
