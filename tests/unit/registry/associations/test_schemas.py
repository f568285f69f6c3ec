import pytest
from marshmallow import ValidationError

from chassis.context import Context, entered
from services.registry.associations.faults import Fault
from services.registry.associations.model import Association
from services.registry.associations.reading import read
from services.registry.associations.schemas import ApplicationBody, AssociationView, as_cells, place_in_body
from tests.unit.registry.people import TODAY, application

BODY = {
    "names": {"fr": "Association Al Amal"},
    "commune": "03.591.01.03",
    "receipt": {"number": "12/2019", "date": "2019-05-31", "authority": "Caïdat"},
    "phone": "0600012345",
    "fields": ["rural"],
    "officers": [{"office": "president", "names": {"ar": "خديجة الإدريسي"}, "phone": "0600012346", "language": "ar"}],
}


def test_a_body_is_read_like_a_row() -> None:
    made = read(as_cells(ApplicationBody().load(BODY)), within=None, today=TODAY, bureau=False)
    assert (made.names.fr, made.phone, made.receipt.number) == ("Association Al Amal", "+212600012345", "12/2019")
    assert [(officer.office, officer.names.ar, officer.phone) for officer in made.officers] == [
        ("president", "خديجة الإدريسي", "+212600012346")
    ]


def test_two_presidents_are_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        ApplicationBody().load(BODY | {"officers": BODY["officers"] * 2})
    assert "officers" in refused.value.messages


@pytest.mark.parametrize("officer", [{}, [], "none", None, {"office": {"$ne": None}}])
def test_an_officer_that_is_none_is_refused_like_any_other_fault(officer: object) -> None:
    with pytest.raises(ValidationError) as refused:
        ApplicationBody().load(BODY | {"officers": [officer, *BODY["officers"]]})
    assert "officers" in refused.value.messages


@pytest.mark.parametrize(
    ("column", "place"),
    [
        ("name_fr", "names.fr"),
        ("commune_code", "commune"),
        ("phone", "phone"),
        ("president_name_ar", "officers.president.names.ar"),
    ],
)
def test_a_fault_is_placed_where_the_body_has_it(column: str, place: str) -> None:
    assert place_in_body(Fault(column, "missing"))["field"] == place


@pytest.mark.parametrize(("role", "shown"), [("regional", True), ("auditor", False), (None, False)])
def test_telephone_and_address_are_for_those_who_may_read_personal_data(role: str | None, shown: bool) -> None:
    with entered(Context(role=role)):
        view = AssociationView().dump(Association.register(application()))
    assert ("phone" in view, "email" in view) == (shown, shown)
    assert view["names"]["fr"]
