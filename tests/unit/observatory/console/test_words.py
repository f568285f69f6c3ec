import re
from datetime import UTC, date, datetime

import pytest

from services.observatory.console.board import COLUMNS, SHARES, STATES, TILES
from services.observatory.console.page import HERE
from services.observatory.console.words import WORDS, Language, language
from services.observatory.figures.contributions import FUNNEL

FRENCH, ARABIC = Language("fr"), Language("ar")
LETTERS = re.compile(r"[a-zA-Zء-ي]")


@pytest.mark.parametrize("key", WORDS)
def test_every_text_is_there_in_both_languages(key: str) -> None:
    french, arabic = WORDS[key]
    assert french.strip()
    assert arabic.strip()
    if key not in {"other_language", "unknown"} and not key.startswith("share."):
        assert re.search(r"[a-z]", french)
        assert re.search(r"[ء-ي]", arabic)
        assert not re.search(r"[ء-ي]", french)


def test_every_text_that_a_template_says_is_written() -> None:
    said = {key for file in HERE.glob("*.html") for key in re.findall(r'say\("([a-z_]+)"\)', file.read_text(encoding="utf-8"))}
    assert said <= WORDS.keys()


def test_every_state_share_and_figure_has_its_words() -> None:
    wanted = {f"state.{state}" for state in STATES} | {f"share.{share}" for share in SHARES}
    wanted |= {f"step.{step}" for step in (*FUNNEL, *COLUMNS, *(figure for figure, _ in TILES))}
    assert wanted <= WORDS.keys()


def test_numbers_are_written_as_each_language_writes_them() -> None:
    assert FRENCH.number(1234567) == "1\u202f234\u202f567"
    assert ARABIC.number(1234567) == "1.234.567"
    assert (FRENCH.percent(0.2399), ARABIC.percent(0.2399)) == ("23\u202f%", "23%")


def test_what_is_not_all_is_never_told_as_all_and_what_is_something_never_as_nothing() -> None:
    assert FRENCH.percent(0.9999) == "99\u202f%"
    assert FRENCH.percent(0.0001) == "moins de 1\u202f%"
    assert ARABIC.percent(0.0001) == "أقل من 1%"
    assert FRENCH.percent(0) == "0\u202f%"


def test_days_have_the_names_that_months_have_in_morocco() -> None:
    assert FRENCH.day(date(2024, 8, 1)) == "1er août 2024"
    assert ARABIC.day(date(2024, 8, 1)) == "1 غشت 2024"


def test_a_moment_is_told_by_moroccos_clock() -> None:
    # One hour before UTC since 2018, but in Ramadan.
    assert FRENCH.moment(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)) == "24 novembre 2026, 00:30"
    assert FRENCH.moment(datetime(2026, 11, 23, 12, 30)) == "23 novembre 2026, 13:30"  # noqa: DTZ001 - as the store gives it


def test_a_state_without_words_stands_for_itself() -> None:
    assert ARABIC.say("state", "suspended") == "suspended"


def test_a_name_in_one_language_only_serves_both() -> None:
    assert ARABIC.of({"fr": "Taza"}) == "Taza"
    assert FRENCH.of(None) == ""


@pytest.mark.parametrize(
    ("asked", "accepted", "chosen"), [("ar", "fr", "ar"), (None, "ar", "ar"), ("de", None, "fr"), (None, None, "fr")]
)
def test_the_language_is_the_asked_one_else_the_browsers_else_french(
    asked: str | None, accepted: str | None, chosen: str
) -> None:
    assert language(asked, accepted).code == chosen
