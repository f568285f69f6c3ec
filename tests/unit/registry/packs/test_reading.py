from copy import deepcopy
from typing import Any

import pytest

from chassis.problems import Invalid, TooLarge
from services.registry.packs.example import EXAMPLE
from services.registry.packs.reading import LARGEST_PACK, read_pack
from vocabulary.pack.reading import LONGEST_TEXT


@pytest.fixture
def document() -> dict[str, Any]:
    return deepcopy(EXAMPLE)


def test_a_pack_is_read(document: dict[str, Any]) -> None:
    assert read_pack(document).reference == "fes-meknes@1.0"


def test_every_fault_is_named_with_its_place(document: dict[str, Any]) -> None:
    del document["modules"][0]["title"]["ar"]
    document["year"] = "last year"
    document["colour"] = "green"
    with pytest.raises(Invalid) as refused:
        read_pack(document)
    assert {"modules[0].title.ar", "year", "colour"} <= {fault["field"] for fault in refused.value.extra["fields"]}


def test_control_characters_are_refused(document: dict[str, Any]) -> None:
    document["title"]["fr"] = "Dossier\x00"
    with pytest.raises(Invalid, match="control characters"):
        read_pack(document)


def test_a_deep_document_is_refused_and_does_no_harm(document: dict[str, Any]) -> None:
    deep: list[Any] = []
    for _ in range(5_000):
        deep = [deep]
    document["modules"] = deep
    with pytest.raises(Invalid):
        read_pack(document)


def test_a_pack_that_fits_into_no_event_is_refused(document: dict[str, Any]) -> None:
    long = {"fr": "a" * LONGEST_TEXT, "ar": "ا" * LONGEST_TEXT}
    more = LARGEST_PACK // (3 * LONGEST_TEXT) + 1  # an Arabic letter takes two bytes
    modules = [{**document["modules"][0], "code": f"OD-9{number}", "aim": long} for number in range(more)]
    document["modules"] += modules
    document["grid"]["dimensions"][0]["needs"][0]["modules"] += [module["code"] for module in modules]
    with pytest.raises(TooLarge):
        read_pack(document)
