from hypothesis import given
from hypothesis import strategies as st

from operator_cli.demo.presence import of_future_trainer, of_participant


@given(seed=st.integers(0, 99), person=st.text(max_size=10))
def test_a_future_trainer_attends_enough_of_the_course(seed: int, person: str) -> None:
    assert len(of_future_trainer(seed, person, 10)) >= 8


@given(seed=st.integers(0, 99), session=st.integers(0, 30), person=st.text(max_size=10))
def test_who_comes_is_the_same_each_time(seed: int, session: int, person: str) -> None:
    came = of_participant(seed, session, person, 6)
    assert came == of_participant(seed, session, person, 6)
    assert came <= set(range(1, 7))


def test_most_participants_complete_and_some_do_not() -> None:
    completed = sum(len(of_participant(3, 1, f"FM-{number:04d}/president", 4)) == 4 for number in range(500))
    assert 350 < completed < 475
