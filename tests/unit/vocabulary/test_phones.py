from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocabulary.digits import arabic_digits, ascii_digits
from vocabulary.phones import InvalidPhone, e164

SUBSCRIBERS = st.from_regex(r"[5-8][0-9]{8}", fullmatch=True)


@given(
    SUBSCRIBERS,
    st.sampled_from(["0", "+212", "00212", "212", "+212 (0)", ""]),
    st.sampled_from(["", " ", "-", ".", "/"]),
    st.booleans(),
)
def test_every_way_to_write_a_moroccan_number_gives_one(subscriber: str, prefix: str, gap: str, eastern: bool) -> None:
    written = prefix + gap + gap.join((subscriber[0], subscriber[1:3], subscriber[3:5], subscriber[5:7], subscriber[7:]))
    assert e164(arabic_digits(written) if eastern else written) == f"+212{subscriber}"


@given(SUBSCRIBERS)
def test_a_normalised_number_stays_as_it_is(subscriber: str) -> None:
    assert e164(e164(subscriber)) == f"+212{subscriber}"


def test_numbers_of_other_countries_keep_their_code() -> None:
    assert e164("+33 6 12 34 56 78") == "+33612345678"
    assert e164("0033612345678") == "+33612345678"


@pytest.mark.parametrize(
    "text", ["", "06123", "0412345678", "+212412345678", "06-ABC-45678", "061234567890", "+2126123456789", "+"]
)
def test_what_is_no_number_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InvalidPhone, match=r"no telephone number; write it as"):
        e164(text)


@given(st.text())
def test_a_text_is_a_number_or_refused(text: str) -> None:
    with suppress(InvalidPhone):
        assert e164(text).removeprefix("+").isdecimal()


@given(st.text(alphabet="0123456789"))
def test_arabic_digits_come_back(text: str) -> None:
    assert ascii_digits(arabic_digits(text)) == text
    assert ascii_digits("۱۲۳") == "123"
