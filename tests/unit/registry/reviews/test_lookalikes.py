from services.registry.associations.values import Application
from services.registry.reviews.lookalikes import MOST_NAMED, Lookalikes
from tests.unit.registry.people import application


def known(*applications: tuple[str, Application]) -> Lookalikes:
    register = Lookalikes()
    for identifier, one in applications:
        register.add(identifier, one.fingerprint(), one.blocking_keys())
    return register


OTHER = application(
    name_fr="Club Ennour de théâtre",
    name_ar="",
    receipt_number="77/2021",
    phone="0600055555",
    president_name_fr="Ahmed Tazi",
    president_name_ar="",
    president_phone="0600055556",
    secretary_name_fr="Ali Berrada",
    treasurer_name_ar="فاطمة العلوي",
)


def test_the_same_association_in_other_words_is_found_with_its_reasons() -> None:
    register = known(("A", application()), ("B", OTHER))
    found = register.of_one(application(name_fr="Ass. El Amal p. le dév. rural", name_ar="", phone="+212 6 00 01 23 45"))
    assert found is not None
    assert found.against == ("A",)
    assert "same phone" in found.reasons


def test_another_association_of_the_commune_is_not() -> None:
    assert known(("A", application())).of_one(OTHER) is None


def test_the_same_name_in_another_commune_is_not() -> None:
    elsewhere = application(commune_code="03.231.01.0", receipt_number="9/2020", phone="", president_phone="")
    assert known(("A", application())).of_one(elsewhere) is None


def test_nothing_resembles_where_nothing_is_known() -> None:
    assert Lookalikes().of_one(application()) is None


def test_many_resemblances_are_named_up_to_a_bound() -> None:
    register = known(*((f"{number:02}", application()) for number in range(20)))
    found = register.of_one(application())
    assert found is not None
    assert len(found.against) == MOST_NAMED
