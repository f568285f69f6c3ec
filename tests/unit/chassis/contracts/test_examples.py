from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from chassis.contracts.catalogue import Catalogue
from chassis.contracts.examples import Unfit, example_data, example_id, example_of
from chassis.contracts.subjects import EVERY_SERVICE, EXAMPLE_ID, Subject, Subjects, Unknown
from chassis.events import EventType, event, type_of
from chassis.service import Service
from tests.unit.chassis.contracts.samples import FILLED, ShelfFilled

SUBJECTS = Subjects({"library": {"shelf": Subject("a shelf", "shelf/{room}-{activity[kind]}")}})
LIBRARY = Catalogue((Service("library", title="Library", subjects=[]),), SUBJECTS)


def declared(example: Mapping[str, Any]) -> EventType:
    return type_of(event("ma.nassij.library.shelf.filled.v1", example=example)(type("ShelfFilled", (ShelfFilled,), {})))


def test_an_example_is_the_same_every_time_and_a_whole_event() -> None:
    subjects = Subjects({"library": {"shelf": Subject("a shelf", "shelf/{kind}")}})
    found = example_of(FILLED, Catalogue(LIBRARY.services, subjects))
    assert found == example_of(FILLED, Catalogue(LIBRARY.services, subjects))
    assert (found["type"], found["subject"], found["sequence"]) == (FILLED.name, "shelf/fiction", "1")
    assert found["data"]["room"] is None


def test_ids_look_like_the_platforms() -> None:
    assert UUID(example_id("anything")).version == 7
    assert UUID(EXAMPLE_ID).version == 7
    assert example_id("one") != example_id("other")


def test_a_key_is_made_from_the_data_and_told_to_readers_as_a_pattern() -> None:
    subject = Subject("a loan", "loan/{region}-{activity[kind]}-{reader}")
    assert subject.key_pattern == "loan/<region>-<activity.kind>-<reader>"
    assert subject.example_key({"activity": {"kind": "visit"}}) == f"loan/03-visit-{EXAMPLE_ID}"


def test_a_subject_that_nobody_described_is_named() -> None:
    with pytest.raises(Unknown, match="no line for shelf of library"):
        Subjects({}).of(FILLED)
    assert Subjects({EVERY_SERVICE: {"shelf": Subject("a shelf", "shelf/{x}")}}).of(FILLED).about == "a shelf"


@pytest.mark.parametrize("change", [{"on": "yesterday"}, {"kind": "poetry"}, {"colour": "red"}])
def test_an_example_that_is_not_what_its_class_says_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(Unfit, match=r"shelf\.filled"):
        example_data(declared({**FILLED.example, **change}))
