from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from operator_cli.demo import turning
from operator_cli.demo.turning import DemoClock
from operator_cli.stack.layout import Layout

NEAR = timedelta(seconds=5)


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DemoClock:
    monkeypatch.setattr(turning, "NOTICED_AFTER", 0)
    return DemoClock(Layout(tmp_path))


def ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def test_it_goes_forward_to_each_moment_and_never_back(clock: DemoClock) -> None:
    clock.begin(ago(150))
    clock.reach(ago(100))
    clock.reach(ago(120))
    assert abs(clock.now() - ago(100)) < NEAR


def test_a_programme_that_is_taken_up_again_is_not_set_back(clock: DemoClock) -> None:
    clock.begin(ago(150))
    clock.reach(ago(50))
    clock.begin(ago(150))
    assert abs(clock.now() - ago(50)) < NEAR


def test_it_ends_in_the_present_and_never_goes_beyond(clock: DemoClock) -> None:
    clock.begin(ago(150))
    clock.reach(ago(-3))
    assert abs(clock.now() - ago(0)) < NEAR
    clock.reach_present()
    assert abs(clock.now() - ago(0)) < NEAR
