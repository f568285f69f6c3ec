from datetime import date
from pathlib import Path

import pytest

from operator_cli.demo.memory import Memory, Programme
from operator_cli.errors import Refusal
from operator_cli.stack.layout import Layout

PROGRAMME = Programme(3, 0.1, date(2026, 3, 2))


def test_a_stack_on_which_nothing_was_played_remembers_nothing(tmp_path: Path) -> None:
    assert Memory(Layout(tmp_path)).recall(3, 1.0) is None


def test_an_interrupted_programme_is_taken_up_with_its_first_day_and_a_finished_one_is_known_as_such(tmp_path: Path) -> None:
    memory = Memory(Layout(tmp_path))
    memory.keep(PROGRAMME)
    assert memory.recall(3, 0.1) == PROGRAMME
    memory.finish(PROGRAMME)
    found = memory.recall(3, 0.1)
    assert found is not None
    assert (found.begins, found.finished) == (PROGRAMME.begins, True)


@pytest.mark.parametrize(("seed", "scale"), [(4, 0.1), (3, 1.0)])
def test_another_programme_is_refused_with_what_to_do(tmp_path: Path, seed: int, scale: float) -> None:
    memory = Memory(Layout(tmp_path))
    memory.keep(PROGRAMME)
    with pytest.raises(Refusal, match=r"seed 3 and scale 0\.1; `nassij reset`"):
        memory.recall(seed, scale)


def test_reset_forgets_it(tmp_path: Path) -> None:
    assert Layout(tmp_path).demo in Layout(tmp_path).own()
