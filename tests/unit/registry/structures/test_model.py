from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.registry.structures.events import PoleFormed, PoleTrainerJoined, PoleTrainerLeft
from services.registry.structures.model import Pole

ON = date(2024, 2, 10)
LATER = date(2025, 3, 1)


def formed() -> Pole:
    return Pole.form("03", "amina", "C-1", "TOT-01", ON)


def test_the_first_trainer_forms_the_pole_and_joins_it() -> None:
    assert formed().recorded == [
        PoleFormed(region="03", trainer="amina", on=ON),
        PoleTrainerJoined(region="03", trainer="amina", certificate="C-1", module="TOT-01", on=ON),
    ]


def test_a_trainer_with_a_second_certificate_does_not_join_again() -> None:
    pole = formed()
    assert pole.welcome("amina", "C-2", "TOT-01", LATER)
    assert not pole.welcome("amina", "C-2", "TOT-01", LATER)
    assert len(pole.recorded) == 2
    assert pole.trainers[0].certificates == ["C-1", "C-2"]


def test_a_trainer_leaves_with_the_last_certificate() -> None:
    pole = formed()
    pole.welcome("amina", "C-2", "TOT-01", ON)
    pole.withdraw("C-1", LATER)
    assert [trainer.person for trainer in pole.trainers] == ["amina"]
    pole.withdraw("C-2", LATER)
    assert pole.trainers == []
    assert pole.recorded[-1] == PoleTrainerLeft(region="03", trainer="amina", certificate="C-2", on=LATER)


def test_a_certificate_that_made_nobody_a_trainer_changes_nothing() -> None:
    pole = formed()
    assert not pole.withdraw("C-9", LATER)
    assert len(pole.trainers) == 1


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["amina", "said", "hind"]), st.integers(1, 3))))
def test_the_events_alone_tell_who_belongs_to_the_pole(steps: list[tuple[bool, str, int]]) -> None:
    pole, standing = Pole(region="03", formed_on=ON), set()
    for comes, person, number in steps:
        certificate = f"{person}-{number}"
        if comes:
            pole.welcome(person, certificate, "TOT-01", ON)
            standing.add(certificate)
        else:
            pole.withdraw(certificate, LATER)
            standing.discard(certificate)
    told: set[str] = set()
    for happened in pole.recorded:
        (told.remove if isinstance(happened, PoleTrainerLeft) else told.add)(happened.trainer)
    assert told == {trainer.person for trainer in pole.trainers} == {certificate.split("-")[0] for certificate in standing}
