from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from operator_cli.doctor import clocks
from operator_cli.doctor.finding import FAIL, OK, UNSEEN, WARN
from tests.unit.operator_cli.doctor.fakes import FakeSight, bad, severities


def at(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


def clock(machine: float = 0, store: float = 0, offset: float = 0) -> Callable[[], Any]:
    return lambda: {"machine": at(machine), "store": at(store), "clock": at(machine + offset), "offset_seconds": offset}


def told(sight: FakeSight, service: str, *, background: float = 0, **clocks: float) -> None:
    sight.answers[f"{service}-web/ops/clock"] = clock(**clocks)
    ahead = background + clocks.get("offset", 0)
    sight.answers[f"{service}-background/ops/status"] = lambda: {"clock": at(ahead)}


@pytest.fixture
def sight(tmp_path: Path) -> FakeSight:
    return FakeSight(tmp_path)


def test_clocks_that_agree_are_fine(sight: FakeSight) -> None:
    told(sight, "training")
    assert set(severities(clocks.check(sight))) == {OK}


@pytest.mark.parametrize("seconds", [3, -3, 8, -8])
@pytest.mark.parametrize("whose", ["machine", "store", "background", "kafka"])
def test_a_clock_that_is_wrong_is_told_by_whose_it_is(sight: FakeSight, whose: str, seconds: float) -> None:
    told(sight, "training", **({whose: seconds} if whose != "kafka" else {}))
    sight.kafka.ahead = seconds if whose == "kafka" else 0
    (found,) = bad(clocks.check(sight))
    names = {"machine": "training-web", "store": "the store of training", "background": "training-background", "kafka": "kafka"}
    assert (found.where, found.severity) == (names[whose], WARN if abs(seconds) < 5 else FAIL)


def test_the_demo_clock_s_offset_is_said_and_no_fault(sight: FakeSight) -> None:
    told(sight, "training", offset=86_400 * 3)
    found = list(clocks.check(sight))
    assert bad(found) == []
    assert any("3 days" in finding.found for finding in found)


def test_services_that_live_on_different_days_are_at_fault(tmp_path: Path) -> None:
    sight = FakeSight(tmp_path, services=("registry", "training"))
    told(sight, "registry")
    told(sight, "training", offset=86_400)
    (found,) = bad(clocks.check(sight))
    assert "nassij clock" in found.advice


def test_a_stopped_process_s_clock_is_not_looked_at(sight: FakeSight) -> None:
    assert UNSEEN in severities(clocks.check(sight))
