from hypothesis import given
from hypothesis import strategies as st

from operator_cli.stack.restarts import LONGEST_PAUSE, STEADY_AFTER, Backoff


def test_a_process_that_ends_once_is_started_again_almost_at_once() -> None:
    assert Backoff().after(lived=300) <= 0.1


def test_one_that_keeps_ending_is_started_less_and_less_often() -> None:
    backoff = Backoff()
    assert [backoff.after(lived=0.5) for _ in range(4)] == [0.1, 0.2, 0.4, 0.8]


def test_a_steady_life_makes_up_for_earlier_ends() -> None:
    backoff = Backoff()
    for _ in range(5):
        backoff.after(lived=0)
    assert backoff.after(lived=STEADY_AFTER) == 0.1


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=60))
def test_the_pause_never_grows_beyond_its_bound(lives: list[float]) -> None:
    backoff = Backoff()
    assert all(0 < backoff.after(lived) <= LONGEST_PAUSE for lived in lives)
