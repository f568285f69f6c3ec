"""The error file: the rejected rows as they were handed in, each with its line and what to correct, in French and in Arabic.

Corrected, it can be handed in as it is: the first three columns are ignored then.
"""

import csv
import io
import re
from collections.abc import Iterable

from services.registry.imports.gateways import ADDED_TO_ERRORS
from services.registry.imports.model import Line
from vocabulary.association_sheet import COLUMNS

_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d\s().-]*$)")


def error_file(lines: Iterable[Line]) -> bytes:
    """CSV in UTF-8 with a byte order mark, without which spreadsheets take it for another encoding."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*ADDED_TO_ERRORS, *COLUMNS])
    for line in lines:
        reasons = [fault.bilingual for fault in line.reasons()]
        said = ["\n".join(reason.fr for reason in reasons), "\n".join(reason.ar for reason in reasons)]
        writer.writerow([line.number, *said, *(_harmless(line.cells.get(column, "")) for column in COLUMNS)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(cell: str) -> str:
    """The cell, never a formula to the spreadsheet that opens the file; telephone numbers stay as they are."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
