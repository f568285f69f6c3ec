from hypothesis import given
from hypothesis import strategies as st

from services.certification.certificates.numbers import ALPHABET, as_written, check_character, is_well_formed, new_number

characters = st.text(ALPHABET, min_size=14, max_size=14)


def test_the_number_of_the_examples_is_well_formed() -> None:
    assert is_well_formed("NSJ-03-2026-4F7KQ2MZ-N")


def test_a_new_number_names_its_region_and_year_and_is_well_formed() -> None:
    number = new_number("03", 2026)
    assert number.startswith("NSJ-03-2026-")
    assert is_well_formed(number)
    assert number != new_number("03", 2026)


@given(characters, st.integers(0, 13), st.sampled_from(ALPHABET))
def test_one_wrong_character_always_shows(given_: str, place: int, other: str) -> None:
    wrong = given_[:place] + other + given_[place + 1 :]
    assert (check_character(wrong) == check_character(given_)) == (wrong == given_)


@given(characters, st.integers(0, 13), st.integers(0, 13))
def test_two_exchanged_characters_always_show(given_: str, one: int, two: int) -> None:
    exchanged = list(given_)
    exchanged[one], exchanged[two] = exchanged[two], exchanged[one]
    assert (check_character("".join(exchanged)) == check_character(given_)) == ("".join(exchanged) == given_)


def test_a_number_may_be_typed_carelessly() -> None:
    assert as_written(" nsj-03-2026-4f7kq2mz-n ") == "NSJ-03-2026-4F7KQ2MZ-N"
    assert as_written("NSJ-O3-2026-ILF7 KQ2M-9") == "NSJ-03-2026-11F7KQ2M-9"
    assert as_written("nonsense") == "NONSENSE"


@given(st.text(max_size=40))
def test_anything_may_be_typed_and_is_at_most_unknown(typed: str) -> None:
    assert is_well_formed(as_written(typed)) in {True, False}
