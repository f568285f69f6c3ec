"""Every process of the stack dies once while the demo is played, and the figures are those of an undisturbed run."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from operator_cli.demo.each import processes
from tests.e2e.demo import Played, own_stack, play


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    home: Path = tmp_path_factory.mktemp("kill")
    # The broker last: the kills are timed by the events on it, and its own would make the others late.
    with own_stack(home) as stack:
        yield play(stack, *(argument for name in reversed(processes()) for argument in ("--kill", name)))


def test_every_process_was_killed_and_started_again(disturbed: dict[str, Any]) -> None:
    restarts = {killed["process"]: killed["restarts"] for killed in disturbed["killed"]}
    assert sorted(restarts) == sorted(processes())
    assert min(restarts.values()) >= 1


def test_the_figures_are_those_of_an_undisturbed_run(disturbed: dict[str, Any], undisturbed: Played) -> None:
    assert disturbed["counts"] == undisturbed.first["counts"]
    assert disturbed["events"]["by_type"] == undisturbed.first["events"]["by_type"]


def test_nothing_is_left_behind(disturbed: dict[str, Any]) -> None:
    assert (disturbed["ok"], disturbed["dead_letters"], disturbed["waiting_keys"], disturbed["outbox_pending"]) == (True, 0, 0, 0)


def test_what_went_out_twice_is_counted_apart(disturbed: dict[str, Any]) -> None:
    assert set(disturbed["repeats"]) == {"events", "mails", "webhooks"}
