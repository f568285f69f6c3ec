from typing import Any

import msgspec

from chassis.testing.reading import Path, remembering

DATA = {"pack": {"name": "fes-meknes", "version": "1.0"}, "needs": [{"module": "OD-01"}], "on": "2024-03-01", "rest": 1}


def read() -> tuple[Any, set[Path]]:
    reads: set[Path] = set()
    return remembering(DATA, reads), reads


def test_it_remembers_each_field_that_was_asked_for_and_no_other() -> None:
    data, reads = read()
    assert (data["pack"]["name"], [need["module"] for need in data["needs"]]) == ("fes-meknes", ["OD-01"])
    assert reads == {("pack",), ("pack", "name"), ("needs",), ("needs", "[]", "module")}


def test_it_remembers_what_was_asked_for_in_vain() -> None:
    data, reads = read()
    assert data.get("until") is None
    assert "reason" not in data
    assert reads == {("until",), ("reason",)}


def test_a_librarys_own_names_do_not_count() -> None:
    data, reads = read()
    assert "_cls" not in data
    assert reads == set()


def test_it_is_data_like_any_other() -> None:
    data, _ = read()
    assert data == DATA
    assert msgspec.json.decode(msgspec.json.encode(data)) == DATA
