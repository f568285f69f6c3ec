import pytest

from chassis.contracts.fields import fields_of, promises
from chassis.contracts.schemas import schema_of
from tests.unit.chassis.contracts.samples import FILLED

SCHEMA = schema_of(FILLED)


def test_fields_are_told_by_path_type_and_presence() -> None:
    assert list(fields_of(SCHEMA)) == [
        ("kind", "`fiction` or `science`", "yes"),
        ("on", "date", "yes"),
        ("counted", "moment", "yes"),
        ("loans", "list of {title: string, copies: list of integer, returned: moment or null}", "yes"),
        ("by_letter", "map of {title: string, copies: list of integer, returned: moment or null}", "yes"),
        ("room", "string or null", "no"),
    ]


@pytest.mark.parametrize("path", ["on", "loans", "loans/[]/title", "loans/[]/copies/[]", "by_letter/a/returned", "room"])
def test_what_a_schema_promises(path: str) -> None:
    assert promises(SCHEMA, path.split("/"))


@pytest.mark.parametrize("path", ["when", "loans/title", "loans/[]/author", "by_letter/a/author", "on/year", "kind/[]"])
def test_what_a_schema_does_not_promise(path: str) -> None:
    assert not promises(SCHEMA, path.split("/"))
