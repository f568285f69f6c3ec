"""The two file forms in which the demo hands associations in; equal rows give equal bytes."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping

from openpyxl import Workbook

from vocabulary.association_sheet import COLUMNS

_SAVED_AT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ALWAYS = b"2023-06-14T00:00:00Z"
_EARLIEST_IN_A_ZIP = (1980, 1, 1, 0, 0, 0)

Cells = Iterable[Mapping[str, str]]


def comma_separated(rows: Cells) -> bytes:
    """CSV in UTF-8 with commas; the headings are Arabic."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heading.ar for heading in COLUMNS.values())
    writer.writerows([row[column] for column in COLUMNS] for row in rows)
    return text.getvalue().encode()


def workbook(rows: Cells) -> bytes:
    """An XLSX workbook of one sheet, every cell text; the headings are French."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Associations"
    sheet.append([heading.fr for heading in COLUMNS.values()])
    for row in rows:
        sheet.append([row[column] or None for column in COLUMNS])
    saved = io.BytesIO()
    book.save(saved)
    return _without_times(saved.getvalue())


def _without_times(archive: bytes) -> bytes:
    """The same workbook, but for the moment at which it was saved."""
    timeless = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as original, zipfile.ZipFile(timeless, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in original.namelist():
            content = original.read(name)
            copy.writestr(
                zipfile.ZipInfo(name, _EARLIEST_IN_A_ZIP),
                _SAVED_AT.sub(_ALWAYS, content) if name == "docProps/core.xml" else content,
                zipfile.ZIP_DEFLATED,
            )
    return timeless.getvalue()
