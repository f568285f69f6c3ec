from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_cli.demo.data.dataset import generate
from services.registry.associations.reading import LONGEST, Refused, read, read_officer
from tests.unit.registry.people import CELLS, TODAY, application
from vocabulary.association_sheet import COLUMNS, OFFICES


def faults(**changes: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        application(**changes)
    return [(fault.column, fault.code) for fault in refused.value.faults]


def test_a_row_becomes_an_application_in_one_form() -> None:
    made = application()
    assert (made.phone, made.receipt.date, list(made.fields)) == ("+212600012345", date(2019, 5, 31), ["rural", "women"])
    assert (made.region, made.province) == ("03", "03.591")
    assert [officer.office for officer in made.officers] == list(OFFICES)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name_fr": "", "name_ar": "  "}, ("name_fr", "name-missing")),
        ({"commune_code": ""}, ("commune_code", "missing")),
        ({"commune_code": "03.591.99.77"}, ("commune_code", "commune-unknown")),
        ({"commune_code": "01.051.01.01"}, ("commune_code", "commune-elsewhere")),
        ({"phone": "06 00 12"}, ("phone", "phone-invalid")),
        ({"president_email": "bureau@"}, ("president_email", "email-invalid")),
        ({"receipt_date": "2019-02-30"}, ("receipt_date", "date-invalid")),
        ({"receipt_date": "1019-02-20"}, ("receipt_date", "date-invalid")),
        ({"receipt_date": "2026-03-03"}, ("receipt_date", "date-future")),
        ({"receipt_authority": ""}, ("receipt_authority", "receipt-incomplete")),
        ({"fields": "rural;dragons"}, ("fields", "field-unknown")),
        ({"treasurer_language": "de"}, ("treasurer_language", "language-unknown")),
        ({"seat": "x" * (LONGEST + 1)}, ("seat", "too-long")),
        ({"seat": "a\x07b"}, ("seat", "unprintable")),
    ],
)
def test_a_fault_is_named_at_its_column(changes: dict[str, str], fault: tuple[str, str]) -> None:
    assert faults(**changes) == [fault]


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert faults(phone="1", president_language="", commune_code="x") == [
        ("commune_code", "commune-unknown"),
        ("phone", "phone-invalid"),
        ("president_language", "missing"),
    ]


def test_the_bureau_belongs_to_the_dossier_of_a_sheet_and_may_follow_over_the_api() -> None:
    without = {column: cell for column, cell in CELLS.items() if not column.startswith("president")}
    with pytest.raises(Refused):
        read(without, within="03", today=TODAY)
    alone = read(without, within="03", today=TODAY, bureau=False)
    assert [officer.office for officer in alone.officers] == ["secretary", "treasurer"]


def test_an_association_without_a_receipt_is_taken() -> None:
    assert application(receipt_number="", receipt_date="", receipt_authority="").receipt is None


def test_a_commune_may_be_asked_for_within_a_province() -> None:
    assert read(CELLS, within="03.591", today=TODAY).commune == CELLS["commune_code"]
    with pytest.raises(Refused):
        read(CELLS, within="03.231", today=TODAY)


def test_every_fault_is_said_in_both_languages_with_its_heading() -> None:
    with pytest.raises(Refused) as refused:
        application(phone="1")
    said = refused.value.faults[0].bilingual
    assert said.fr.startswith(f"{COLUMNS['phone'].fr} : ")
    assert said.ar.startswith(f"{COLUMNS['phone'].ar}: ")


def test_a_person_alone_is_read_by_the_same_rules() -> None:
    assert read_officer("member", {"name_ar": "سعاد", "phone": "0600012345", "language": "ar"}).phone == "+212600012345"
    with pytest.raises(Refused) as refused:
        read_officer("member", {"name_fr": "Souad", "phone": "7", "language": "ar"})
    assert [fault.detail for fault in refused.value.faults] == ["phone"]


@given(st.dictionaries(st.sampled_from(list(COLUMNS)), st.text(max_size=40)))
def test_whatever_stands_in_the_cells_is_read_or_refused(changes: dict[str, str]) -> None:
    try:
        read(CELLS | changes, within="03", today=TODAY).validate()
    except Refused as refused:
        said = [fault.bilingual for fault in refused.faults]
        assert said and all(both.fr and both.ar for both in said)  # noqa: PT018 - either outcome is right


def test_exactly_the_bad_rows_of_the_demo_are_refused_for_the_column_that_was_broken() -> None:
    for row in generate(scale=0.1).rows:
        if row.kind != "bad":
            read(row.cells, within="03", today=TODAY)
            continue
        with pytest.raises(Refused) as refused:
            read(row.cells, within="03", today=TODAY)
        assert {fault.column for fault in refused.value.faults} <= set(row.columns)
