from jsonschema import Draft202012Validator

from chassis.consumer.deadletters import announcements
from chassis.contracts.schemas import says, schema_of
from chassis.events import event, type_of
from tests.unit.chassis.contracts.samples import FILLED

SCHEMA = schema_of(FILLED)


def test_a_schema_is_valid_and_has_the_event_itself_at_the_top() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "urn:nassij:contract:library.shelf.filled.v1"
    assert (SCHEMA["title"], SCHEMA["type"]) == ("ma.nassij.library.shelf.filled.v1", "object")
    assert SCHEMA["required"] == ["kind", "on", "counted", "loans", "by_letter"]
    assert list(SCHEMA["$defs"]) == ["Loan"]


def test_the_docstring_is_its_description() -> None:
    assert SCHEMA["description"] == "A shelf is full; `kind` says of what.\n\nIt may be emptied later."
    assert SCHEMA["$defs"]["Loan"]["description"] == "A book that is lent."


def test_days_and_moments_say_what_they_are_also_deep_inside() -> None:
    assert SCHEMA["properties"]["on"]["format"] == "date"
    assert SCHEMA["properties"]["counted"]["format"] == "date-time"
    assert SCHEMA["$defs"]["Loan"]["properties"]["returned"]["anyOf"][0]["format"] == "date-time"


def test_what_a_schema_refuses_and_what_it_lets_pass() -> None:
    validator = Draft202012Validator(SCHEMA)
    assert validator.is_valid(FILLED.example)
    assert validator.is_valid({**FILLED.example, "added_later": 1})
    assert not validator.is_valid({**FILLED.example, "kind": "poetry"})
    assert not validator.is_valid({name: value for name, value in FILLED.example.items() if name != "on"})


def test_a_class_without_a_docstring_says_nothing() -> None:
    @event("ma.nassij.library.shelf.emptied.v1", example={})
    class ShelfEmptied:
        count: int = 0

    assert says(type_of(ShelfEmptied)) == ""
    assert all(says(type_of(cls)) for cls in announcements("library"))
