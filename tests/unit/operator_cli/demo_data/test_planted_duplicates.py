"""The matcher, over the demo's rows as an import would see them: the planted duplicates are found and nothing else is."""

from collections import defaultdict
from collections.abc import Iterable

import pytest

from operator_cli.demo.data import Dataset, Row, generate
from vocabulary.association_sheet import OFFICES
from vocabulary.matching import Fingerprint, blocking_keys, compare
from vocabulary.text import Bilingual

ITS_OWN = ("phone",)


def fingerprint(row: Row, phones: Iterable[str]) -> Fingerprint:
    cells = row.cells
    return Fingerprint.of(
        Bilingual(cells["name_fr"], cells["name_ar"]),
        commune=cells["commune_code"],
        phones=(cells[phone] for phone in phones),
        receipt=cells["receipt_number"],
        officers=[Bilingual(cells[f"{office}_name_fr"], cells[f"{office}_name_ar"]) for office in OFFICES],
    )


def held_for_review(data: Dataset, phones: Iterable[str]) -> dict[str, list[str]]:
    """References of the rows that are held, each with the rows it was held against; a held row is not registered."""
    registered: dict[str, list[tuple[str, Fingerprint]]] = defaultdict(list)
    held: dict[str, list[str]] = {}
    for row in data.of_kind("new", "decoy", "duplicate"):
        one = fingerprint(row, phones)
        candidates = dict(entry for key in blocking_keys(one) for entry in registered[key])
        against = [ref for ref, other in candidates.items() if compare(one, other).is_duplicate]
        if against:
            held[row.ref] = against
            continue
        for key in blocking_keys(one):
            registered[key].append((row.ref, one))
    return held


@pytest.mark.parametrize(
    "phones", [ITS_OWN, (*ITS_OWN, *(f"{office}_phone" for office in OFFICES))], ids=["its-own", "all-phones"]
)
@pytest.mark.parametrize("seed", [3, *range(100, 106)])
def test_exactly_the_planted_duplicates_are_held_each_against_the_row_it_repeats(seed: int, phones: tuple[str, ...]) -> None:
    data = generate(seed)
    assert held_for_review(data, phones) == {row.ref: [row.of] for row in data.of_kind("duplicate")}


@pytest.mark.parametrize("seed", range(8))
def test_so_it_is_in_a_tenth_of_the_data(seed: int) -> None:
    data = generate(seed, scale=0.1)
    assert held_for_review(data, ITS_OWN) == {row.ref: [row.of] for row in data.of_kind("duplicate")}
