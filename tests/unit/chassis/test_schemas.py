from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError, fields

from chassis.schemas import Bilingual, Date, Identifier, Instant, Integer, List, Map, Schema, String


class Everything(Schema):
    text = String(max_length=20)
    id = Identifier()
    number = Integer(low=0, high=100)
    large = Integer()
    day = Date()
    at = Instant()
    items = List(String(), max_items=3)
    answers = Map(Integer(low=0, high=4), max_items=3)
    title = Bilingual()
    names = Bilingual(both=True)


class Child(Everything):
    class Meta(Everything.Meta):
        pass


def faults(**body: Any) -> Any:
    with pytest.raises(ValidationError) as error:
        Everything().load(body)
    return error.value.messages


@pytest.mark.parametrize(
    "body",
    [
        {"unknown": 1},
        {"text": {"$ne": None}},
        {"text": "x" * 21},
        {"text": "a\x00b"},
        {"text": "\ud800"},
        {"text": 7},
        {"id": "../etc passwd"},
        {"id": "$where"},
        {"id": ""},
        {"number": 5.5},
        {"number": True},
        {"number": 101},
        {"number": {"$gt": 0}},
        {"large": 2**63},
        {"day": "02/03/2026"},
        {"day": "0001-01-01"},
        {"at": "2026-03-02T09:00:00"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"at": "9999-12-31T23:59:59-14:00"},
        {"items": ["a"] * 4},
        {"items": "abc"},
        {"items": [["a"]]},
        {"answers": {"$where": 1}},
        {"answers": {"a.b": 1}},
        {"answers": {"a__b": 1}},
        {"answers": {"q1": 9}},
        {"answers": {"a": 1, "b": 1, "c": 1, "d": 1}},
        {"title": {"fr": "", "ar": " "}},
        {"title": {"en": "x"}},
        {"title": "Titre"},
        {"names": {"fr": "Titre"}},
    ],
)
def test_what_is_not_the_value_wanted_is_refused_at_its_field(body: dict[str, Any]) -> None:
    assert list(faults(**body)) == list(body)


def test_values_load_as_what_they_are() -> None:
    loaded = Everything().load(
        {
            "text": "ligne\nligne",
            "id": "pack/fes-meknes@1",
            "number": 7,
            "day": "2026-03-02",
            "at": "2026-03-02T10:00:00.123456+01:00",
            "items": ["a"],
            "answers": {"q1": 4},
            "title": {"ar": "عنوان"},
        }
    )
    assert loaded == {
        "text": "ligne\nligne",
        "id": "pack/fes-meknes@1",
        "number": 7,
        "day": date(2026, 3, 2),
        "at": datetime(2026, 3, 2, 9, 0, 0, 123000, tzinfo=UTC),
        "items": ["a"],
        "answers": {"q1": 4},
        "title": {"fr": "", "ar": "عنوان"},
    }


def test_a_schema_that_extends_another_stays_closed() -> None:
    with pytest.raises(ValidationError):
        Child().load({"unknown": 1})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)


@given(name=st.sampled_from(sorted(Everything().fields)), value=JSON)
def test_no_json_whatsoever_gets_in_as_an_object_nor_breaks_a_schema(name: str, value: Any) -> None:
    try:
        loaded = Everything().load({name: value})[name]
    except ValidationError:
        return
    if not isinstance(Everything().fields[name], fields.Nested | fields.Dict):
        assert not isinstance(loaded, dict)
