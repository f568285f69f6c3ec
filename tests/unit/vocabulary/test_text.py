from vocabulary.text import Bilingual


def test_the_other_language_stands_in_for_one_that_is_missing() -> None:
    assert Bilingual("Fès", "فاس").best("ar") == "فاس"
    assert Bilingual(fr="Fès").best("ar") == "Fès"
    assert Bilingual(ar="فاس").best("fr") == "فاس"


def test_a_text_in_neither_language_is_none() -> None:
    assert not Bilingual()
    assert Bilingual(ar="فاس")
