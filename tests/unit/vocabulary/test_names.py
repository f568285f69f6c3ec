import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocabulary.names import fold, receipt_key, skeleton, words

LETTERS = st.text(alphabet="abcéèçœ' -الأإآؤئءةىـًٌّي٠١٢ڭﻻABÇß")


@given(st.one_of(st.text(), LETTERS))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.one_of(st.text(), LETTERS))
def test_no_text_is_too_odd_for_its_words_and_their_skeletons(text: str) -> None:
    for word in words(text):
        assert " " not in word
        assert skeleton(word) == skeleton(fold(word))


@pytest.mark.parametrize(
    ("written", "also"),
    [
        ("أحمد إبراهيم آدم", "احمد ابراهيم ادم"),
        ("جمعية المرأة القروية", "جمعيه المراه القرويه"),
        ("مصطفى", "مصطفي"),
        ("جمعيـــة", "جمعية"),
        ("الجَمْعِيَّة", "الجمعية"),
        ("شؤون هيئة", "شوون هييه"),
        ("دوار ١٢", "دوار 12"),
        ("Méchouar-Fès-El Jadid", "mechouar fes el jadid"),
        ("ŒUVRE de l’Élève", "oeuvre de l eleve"),
        ("M'haya", "mhaya"),
    ],
)
def test_spellings_of_one_name_fold_to_the_same(written: str, also: str) -> None:
    assert fold(written) == fold(also)


@pytest.mark.parametrize("name", ["Association Al Amal", "ASSOC. EL AMAL", "l'association Alamal", "Amal"])
def test_the_word_association_and_articles_tell_nothing(name: str) -> None:
    assert words(name) in {("amal",), ("alamal",)}
    assert words("جمعية الأمل") == ("امل",)


@pytest.mark.parametrize(
    ("french", "arabic"),
    [
        ("Attadamoun", "التضامن"),
        ("At-Tadamoun", "التضامن"),
        ("Ennour", "النور"),
        ("Ach-Chabab", "الشباب"),
        ("Khadija", "خديجة"),
        ("Cherkaoui", "الشرقاوي"),
        ("El Idrissi", "الإدريسي"),
        ("Youssef", "يوسف"),
        ("Mohammed", "محمد"),
        ("Ifrane", "إفران"),
        ("Sefrou", "صفرو"),
        ("Elhassan", "الحسن"),
    ],
)
def test_the_two_scripts_meet_in_the_consonants(french: str, arabic: str) -> None:
    assert [skeleton(word) for word in words(french)] == [skeleton(word) for word in words(arabic)]


def test_different_names_have_different_consonants() -> None:
    assert len({skeleton(words(name)[0]) for name in ("النور", "التضامن", "الأمل", "الوفاق", "البركة", "المستقبل")}) == 6


@pytest.mark.parametrize("number", ["12/2019", "N° 012/2019", "n°12-2019", "١٢/٢٠١٩", " 12 / 2019 "])
def test_a_receipt_number_has_one_form(number: str) -> None:
    assert receipt_key(number) == "12/2019"
