from hypothesis import given
from hypothesis import strategies as st

from operator_cli.demo.each import processes
from operator_cli.demo.kill import EVENTS_AT_FULL_SCALE, moments
from operator_cli.stack.layout import SERVICES


@given(count=st.integers(1, 4 + 2 * len(SERVICES)), scale=st.floats(0.1, 2))
def test_kills_lie_one_after_the_other_while_the_programme_is_under_way(count: int, scale: float) -> None:
    found = moments(count, scale)
    assert found == sorted(set(found))
    assert found[0] > 0.3 * EVENTS_AT_FULL_SCALE * scale
    assert found[-1] < 0.95 * EVENTS_AT_FULL_SCALE * scale


def test_the_number_of_events_is_the_same_in_every_run() -> None:
    assert moments(1, 0.1) == moments(1, 0.1)


def test_each_means_every_process_of_the_stack() -> None:
    names = processes()
    assert {"kafka", "store", "smtp", "webhooks", "registry-web", "notifications-background"} <= set(names)
    assert len(names) == len(set(names)) == 4 + 2 * len(SERVICES)
