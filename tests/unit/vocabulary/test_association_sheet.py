import pytest

from vocabulary.association_sheet import COLUMNS, OFFICES, column_of


def test_every_heading_leads_to_its_column() -> None:
    for column, heading in COLUMNS.items():
        for form in (column, heading.fr, heading.ar, heading.fr.upper(), f"{heading.fr} / {heading.ar}", f" {heading.ar} "):
            assert column_of(form) == column


def test_an_officer_has_five_columns() -> None:
    assert [column for column in COLUMNS if column.startswith("treasurer_")] == [
        "treasurer_name_fr",
        "treasurer_name_ar",
        "treasurer_phone",
        "treasurer_email",
        "treasurer_language",
    ]
    assert len(COLUMNS) == 11 + 5 * len(OFFICES)


@pytest.mark.parametrize("heading", ["", "Couleur", "/", "Téléphone de la mairie"])
def test_a_heading_that_means_nothing_is_no_column(heading: str) -> None:
    assert column_of(heading) is None
