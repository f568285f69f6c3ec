from html.parser import HTMLParser

import pytest

from services.observatory.console import board, page
from services.observatory.console.words import LANGUAGES, Language
from tests.unit.observatory.console.samples import Country, country, region

VOID = {"meta", "link", "input", "rect", "path"}
HOSTILE = '<script>alert("x")</script>"\'><img src=x>'


class Closed(HTMLParser):
    """Notes tags that are left open, and every attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    @classmethod
    def read(cls, text: str) -> "Closed":
        parser = cls()
        parser.feed(text)
        parser.close()
        assert parser.open == []
        return parser


def shown(source: Country, language: str = "fr", code: str | None = None) -> str:
    found = board.of_region(source, code) if code else board.of_country(source)
    return page.of_board(found, Language(language), who="salma", where=[])


def test_french_reads_from_left_to_right_and_arabic_from_right_to_left() -> None:
    assert '<html lang="fr" dir="ltr">' in shown(country())
    assert '<html lang="ar" dir="rtl">' in shown(country(), "ar")


def test_each_page_leads_to_itself_in_the_other_language() -> None:
    assert '<a href="?lang=ar&amp;region=03" lang="ar"' in shown(country(), "fr", "03")
    assert '<a href="?lang=fr" lang="fr"' in shown(country(), "ar")


def test_the_countrys_page_tells_figures_states_and_what_is_missing() -> None:
    text = shown(country())
    for words in (
        "1\u202f340",
        "objectif 700",
        "23 novembre 2026, 13:30",
        "Ouverte",
        "3 septembre 2024",
        "fes-meknes 1.0",
        "1 sur 2",
        "120 sur 300",
    ):
        assert words in text


def test_the_same_in_arabic() -> None:
    text = shown(country(), "ar")
    for words in ("1.340", "الهدف 700", "23 نونبر 2026، 13:30", "مفتوحة", "3 شتنبر 2024", "1 من 2", "120 من 300"):
        assert words in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [None, "03"])
def test_pages_are_whole_keep_their_policy_and_name_every_id_once(language: str, code: str | None) -> None:
    found = Closed.read(shown(country(), language, code))
    names = [name for name, _ in found.attributes]
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]
    assert len(set(found.ids)) == len(found.ids)
    referred = {value for name, value in found.attributes if name in {"aria-labelledby", "aria-describedby"} and value}
    assert {one for value in referred for one in value.split()} <= set(found.ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_country_says_so(language: str) -> None:
    text = shown(Country(told=None), language)
    Closed.read(text)
    assert Language(language).say("no_regions") in text
    assert Language(language).say("as_of_nothing") in text


def test_a_region_of_which_nothing_is_known_yet_says_so() -> None:
    assert Language("fr").say("no_figures") in shown(Country(regions=[region("03")]), "fr", "03").replace("&#39;", "’")


def test_hostile_names_are_only_text() -> None:
    gate = {"code": "x", "title": {"fr": HOSTILE}, "needed": 2, "found": 1, "holds": False}
    hostile = region("03", HOSTILE, names={"fr": HOSTILE}, pack={"name": HOSTILE, "version": HOSTILE}, gates=[gate])
    for text in (
        shown(Country(regions=[hostile])),
        shown(Country(regions=[hostile]), "ar", "03"),
        page.of_board(board.of_country(Country()), Language("fr"), who=HOSTILE, where=[{"fr": HOSTILE}]),
    ):
        Closed.read(text)
        assert "<script" not in text
        assert "<img" not in text
        assert "&lt;script&gt;" in text


def test_bars_grow_from_where_the_language_begins() -> None:
    source = country()
    assert '<rect class="fill" x="0" width="47.8" height="10"/>' in shown(source)
    assert '<rect class="fill" x="52.2" width="47.8" height="10"/>' in shown(source, "ar")


def test_more_than_the_target_fills_the_gauge_and_no_more() -> None:
    assert '<rect class="fill" x="0" width="100" height="4"/>' in shown(country())


def test_the_page_comes_again_by_itself_without_a_script() -> None:
    assert '<meta http-equiv="refresh" content="30">' in shown(country())
    assert 'http-equiv="refresh"' not in page.of_sign_in(Language("fr"))


def test_a_refusal_is_said_in_the_form() -> None:
    text = page.of_sign_in(Language("ar"), "token_expired")
    Closed.read(text)
    assert Language("ar").say("token_expired") in text
    assert 'role="alert"' in text
