import re

from hypothesis import given
from hypothesis import strategies as st

from operator_cli.demo.keys import Keys

steps = st.lists(st.one_of(st.integers(0, 99), st.sampled_from(["enrol", "sheet", "FM-0001", "FM-0002"])), min_size=1, max_size=4)


@given(step=steps)
def test_a_step_has_the_same_key_in_every_run(step: list[object]) -> None:
    assert Keys(3, 1.0).of(*step) == Keys(3, 1.0).of(*step)


@given(step=steps, other=steps)
def test_two_steps_never_share_a_key(step: list[object], other: list[object]) -> None:
    assert (Keys(3, 1.0).of(*step) == Keys(3, 1.0).of(*other)) == ([str(part) for part in step] == [str(part) for part in other])


def test_another_seed_or_scale_is_another_programme() -> None:
    keys = {Keys(seed, scale).of("join", "03") for seed in (3, 4) for scale in (0.1, 1.0)}
    assert len(keys) == 4


def test_services_take_such_a_key() -> None:
    assert re.fullmatch(r"[\x21-\x7e]{1,200}", Keys(3, 0.1).of("enrol", 1, "FM-0001/president"))
