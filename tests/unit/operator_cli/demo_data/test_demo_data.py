import csv
import io
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from operator_cli.demo.data import DECOYS, Dataset, Row, generate
from operator_cli.demo.data.defects import DEFECTS
from operator_cli.demo.data.variants import EXACT, KINDS
from vocabulary import territory
from vocabulary.association_sheet import COLUMNS, OFFICES, column_of
from vocabulary.glossary import FIELDS
from vocabulary.names import fold, is_arabic
from vocabulary.phones import InvalidPhone, e164
from vocabulary.territory import UnknownTerritory
from vocabulary.text import LANGUAGES

EMAIL = re.compile(r"[a-z0-9.]+@example\.org")


@pytest.fixture(scope="module")
def data() -> Dataset:
    return generate()


def defects(row: Row) -> set[str]:
    """What is wrong with a row, found without knowing what was broken."""
    cells, found = row.cells, set()
    try:
        found |= {"other-region"} if territory.region_of(cells["commune_code"]) != "03" else set()
    except UnknownTerritory:
        found.add("unknown-commune")
    try:
        e164(cells["phone"])
    except InvalidPhone:
        found.add("bad-phone")
    try:
        date.fromisoformat(cells["receipt_date"] or "2020-01-01")
    except ValueError:
        found.add("impossible-date")
    if not cells["name_fr"].strip() and not cells["name_ar"].strip():
        found.add("missing-name")
    if not cells["president_name_fr"] and not cells["president_name_ar"]:
        return found | {"missing-president"}
    if any(not EMAIL.fullmatch(cells[f"{office}_email"]) for office in OFFICES):
        found.add("bad-email")
    if any(cells[f"{office}_language"] not in LANGUAGES for office in OFFICES):
        found.add("bad-language")
    return found


def test_385_rows_hold_350_new_20_duplicates_10_decoys_and_15_bad_ones(data: Dataset) -> None:
    assert data.counts == {"new": 340, "decoy": 10, "duplicate": 20, "bad": 15}
    assert Counter(row.file for row in data.rows) == {"xlsx": 250, "csv": 135}
    assert [row.ref for row in data.rows] == [f"FM-{number:04d}" for number in range(1, 386)]


def test_a_tenth_keeps_the_proportions_and_very_little_keeps_one_of_each() -> None:
    assert generate(scale=0.1).counts == {"new": 34, "decoy": 1, "duplicate": 2, "bad": 2}
    assert generate(scale=0.03).counts == {"new": 9, "decoy": 1, "duplicate": 1, "bad": 1}


@pytest.mark.parametrize("scale", [0, -1])
def test_a_scale_of_nothing_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        generate(scale=scale)


def test_a_seed_always_gives_the_same_bytes_and_another_seed_others(data: Dataset) -> None:
    again = generate()
    assert (again.xlsx, again.csv) == (data.xlsx, data.csv)
    assert generate(seed=4).csv != data.csv


def test_every_good_row_is_good_and_every_bad_row_has_the_defect_it_is_said_to_have(data: Dataset) -> None:
    for row in data.rows:
        assert defects(row) == ({row.variant} if row.kind == "bad" else set()), row


def test_every_defect_decoy_and_kind_of_duplicate_occurs(data: Dataset) -> None:
    variants = {kind: Counter(row.variant for row in data.of_kind(kind)) for kind in ("bad", "decoy", "duplicate")}
    assert set(variants["bad"]) == set(DEFECTS)
    assert set(variants["decoy"]) == set(DECOYS)
    assert variants["duplicate"] == dict.fromkeys(KINDS, 2)
    assert variants["duplicate"].total() - variants["duplicate"][EXACT] >= 10


@pytest.mark.parametrize("seed", range(5))
def test_a_duplicate_stands_after_the_row_it_repeats(seed: int) -> None:
    data = generate(seed)
    originals = {row.ref: row for row in data.of_kind("new")}
    for row in data.of_kind("duplicate"):
        original = originals[row.of]
        assert original.ref < row.ref
        assert original.cells["commune_code"] == row.cells["commune_code"]
        changed = {column for column in COLUMNS if row.cells[column] != original.cells[column]} - {"ref"}
        assert bool(changed) == (row.variant != EXACT)


def test_every_province_of_the_region_has_associations_and_the_largest_city_most(data: Dataset) -> None:
    communes = Counter(row.cells["commune_code"] for row in data.rows if row.is_new)
    assert {territory.province_of(code) for code in communes} == {province.code for province in territory.provinces("03")}
    assert communes.most_common(1)[0][0] == "03.231.01.0"
    assert {territory.province_of(row.cells["commune_code"]) for row in generate(scale=0.1).rows if row.is_new} == {
        province.code for province in territory.provinces("03")
    }


def test_a_thousand_and_fifty_officers_can_be_written_to_in_their_language(data: Dataset) -> None:
    officers = [(row, office) for row in data.rows if row.is_new for office in OFFICES]
    assert len(officers) == 1050
    assert {row.cells[f"{office}_language"] for row, office in officers} == set(LANGUAGES)
    # Three decoys share a president with the association they look like.
    assert len({row.cells[f"{office}_email"] for row, office in officers}) == 1050 - 3


def test_names_are_in_the_script_of_their_column_and_some_are_in_one_alone(data: Dataset) -> None:
    for row in data.rows:
        for column, cell in row.cells.items():
            if column.endswith(("name_fr", "name_ar")):
                assert {is_arabic(word) for word in fold(cell).split()} <= {column.endswith("ar")}
    scripts = Counter((bool(row.cells["name_fr"]), bool(row.cells["name_ar"])) for row in data.rows if row.is_new)
    assert scripts[True, True] > scripts[True, False] > 0
    assert scripts[False, True] > 0


def test_fields_of_activity_are_words_of_the_glossary(data: Dataset) -> None:
    assert {code for row in data.rows for code in row.cells["fields"].split(";")} <= set(FIELDS)


def test_the_files_hold_the_rows_at_their_lines(data: Dataset, tmp_path: Path) -> None:
    xlsx, comma_separated = data.write(tmp_path)
    sheet = [["" if cell is None else cell for cell in line] for line in load_workbook(xlsx).active.values]
    text = list(csv.reader(io.StringIO(comma_separated.read_bytes().decode(), newline="")))
    for lines in (sheet, text):
        assert [column_of(heading) for heading in lines[0]] == list(COLUMNS)
    for row in data.rows:
        lines = sheet if row.file == "xlsx" else text
        assert lines[row.line - 1] == [row.cells[column] for column in COLUMNS]
    assert len(sheet) + len(text) == len(data.rows) + 2
    assert sheet[0][1] == "Nom de l'association (français)"
    assert text[0][1] == "اسم الجمعية بالفرنسية"
