import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from chassis.problems import Invalid
from operator_cli.demo.data.dataset import generate
from services.registry.imports import gateways
from services.registry.imports.gateways import read_sheet
from vocabulary.association_sheet import COLUMNS

HEADINGS = ",".join(COLUMNS)


def csv_of(*rows: str, headings: str = HEADINGS) -> bytes:
    return "\n".join((headings, *rows)).encode()


def workbook(*rows: list[object]) -> bytes:
    book, saved = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(saved)
    return saved.getvalue()


def test_both_files_of_the_demo_are_read_as_they_were_written() -> None:
    data = generate(scale=0.1)
    for kind, content in (("xlsx", data.xlsx), ("csv", data.csv)):
        expected = [
            (row.line, {c: v.strip() for c, v in row.cells.items() if v.strip()}) for row in data.rows if row.file == kind
        ]
        assert [(row.line, dict(row.cells)) for row in read_sheet(content)] == expected


def test_headings_may_be_french_arabic_or_the_columns_own_names_in_any_order() -> None:
    names = ["phone", *(COLUMNS[c].ar if n % 2 else COLUMNS[c].fr for n, c in enumerate(COLUMNS) if c != "phone")]
    (row,) = read_sheet(csv_of("0600012345,R1", headings=",".join(names)))
    assert row.cells == {"phone": "0600012345", "ref": "R1"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_seen_from_the_headings(delimiter: str) -> None:
    (row,) = read_sheet(delimiter.join(COLUMNS).encode("utf-8-sig") + f"\nR1{delimiter}Amal".encode())
    assert row.cells == {"ref": "R1", "name_fr": "Amal"}


def test_lines_are_those_of_the_file_also_after_empty_ones_and_line_ends_in_cells() -> None:
    rows = read_sheet(csv_of('R1,"two\nlines"', ",,", "R2"))
    assert [(row.line, row.cells["ref"]) for row in rows] == [(2, "R1"), (5, "R2")]


def test_a_row_with_too_many_cells_says_so() -> None:
    ordinary, shifted = read_sheet(csv_of("R1", ",".join(["x"] * (len(COLUMNS) + 1))))
    assert (ordinary.shifted, shifted.shifted) == (False, True)


def test_cells_of_a_workbook_are_taken_as_they_show() -> None:
    values: list[object] = [12.0, "Amal", None, "03.591.01.03", True, 1.5, datetime(2019, 5, 31)]  # noqa: DTZ001 - a sheet knows no zone
    (row,) = read_sheet(workbook(list(COLUMNS), values))
    assert row.cells["ref"] == "12"
    assert (row.cells["receipt_date"], row.cells["receipt_number"]) == ("2019-05-31", "1.5")


def test_a_corrected_error_file_is_taken_back() -> None:
    (row,) = read_sheet(csv_of("7,raison,سبب,R1", headings=f"line,reason_fr,reason_ar,{HEADINGS}"))
    assert row.cells == {"ref": "R1"}


@pytest.mark.parametrize(
    ("content", "slug"),
    [
        (b"", "file-empty"),
        (b"  \n \n", "file-empty"),
        (csv_of(), "file-empty"),
        (csv_of(",,,"), "file-empty"),
        (b"one,two\n1,2", "headings-missing"),
        (csv_of("R1", headings=f"{HEADINGS},colour"), "headings-wrong"),
        (csv_of("R1", headings=f"{HEADINGS},phone"), "headings-wrong"),
        (csv_of("R1", headings="ref,name_fr,name_ar"), "headings-wrong"),
        (csv_of("Préfecture").decode().encode("latin-1"), "file-encoding"),
        (csv_of("R1\0"), "file-kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "file-kind"),
        (csv_of('"R1'), "file-not-csv"),
        (b"PK\x03\x04 and no more", "file-not-xlsx"),
        (workbook(), "file-empty"),
        (workbook(list(COLUMNS)), "file-empty"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_what_to_do(content: bytes, slug: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_sheet(content)
    assert refused.value.slug == slug
    assert refused.value.detail.endswith((".", "and send that."))


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    with pytest.raises(Invalid, match="file-not-xlsx"):
        read_sheet(saved.getvalue())


def test_a_file_with_too_much_in_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateways, "MOST_ROWS", 2)
    for content in (csv_of("R1", "R2", "R3"), workbook(list(COLUMNS), ["R1"], ["R2"], ["R3"])):
        with pytest.raises(Invalid, match="file-too-long"):
            read_sheet(content)
    monkeypatch.setattr(gateways, "MOST_UNPACKED", 100)
    with pytest.raises(Invalid, match="file-too-large"):
        read_sheet(workbook(list(COLUMNS), ["R1"]))
