from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

import pytest
from marshmallow import ValidationError

from chassis.http import PageArguments, page, page_of
from chassis.schemas import Schema, String


@dataclass(frozen=True)
class Row:
    id: str


class Rows:
    """A queryset over a list."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    def filter(self, **conditions: Any) -> Self:
        return type(self)([row for row in self.rows if row.id > conditions["id__gt"]])

    def order_by(self, *keys: str) -> Self:
        return type(self)(sorted(self.rows, key=lambda row: row.id))

    def limit(self, n: int) -> Self:
        return type(self)(self.rows[:n])

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


ROWS = Rows([Row(f"{n:02}") for n in (3, 1, 2, 5, 4)])


def ids(found: Any) -> list[str]:
    return [row.id for row in found["items"]]


def test_pages_follow_each_other_in_the_keys_order_until_the_last() -> None:
    first = page(ROWS, limit=2)
    assert (ids(first), first["next"]) == (["01", "02"], "02")
    second = page(ROWS, limit=2, after=first["next"])
    assert (ids(second), second["next"]) == (["03", "04"], "04")
    last = page(ROWS, limit=2, after=second["next"])
    assert (ids(last), last["next"]) == (["05"], None)


def test_a_page_that_ends_with_the_list_is_the_last() -> None:
    assert page(ROWS, limit=5)["next"] is None


def test_nobody_gets_more_than_two_hundred_at_once() -> None:
    many = Rows([Row(f"{n:04}") for n in range(300)])
    assert len(page(many, limit=10_000)["items"]) == 200


def test_the_query_string_of_a_page_is_bounded() -> None:
    assert PageArguments().load({}) == {"limit": 50, "after": None}
    for wrong in ({"limit": "201"}, {"limit": "0"}, {"after": "$gt"}):
        with pytest.raises(ValidationError):
            PageArguments().load(wrong)


def test_a_page_is_rendered_by_the_schema_of_its_items() -> None:
    class RowSchema(Schema):
        id = String()

    schema = page_of(RowSchema)
    assert schema.__name__ == "RowPage"
    assert schema().dump(page(ROWS, limit=1)) == {"items": [{"id": "01"}], "next": "01"}
