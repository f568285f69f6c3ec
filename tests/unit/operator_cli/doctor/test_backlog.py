from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from operator_cli.doctor import backlog
from operator_cli.doctor.finding import FAIL, OK, UNSEEN, WARN
from tests.unit.operator_cli.doctor.fakes import QUIET, FakeSight, bad, severities

STATUS = "training-background/ops/status"


@pytest.fixture
def sight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeSight:
    monkeypatch.setattr(backlog, "LOOK_AGAIN_AFTER", 0.0)
    sight = FakeSight(tmp_path)
    sight.answers[STATUS] = deepcopy(QUIET)
    return sight


def test_a_service_with_nothing_before_it_is_up_to_date(sight: FakeSight) -> None:
    assert severities(backlog.check(sight)) == [OK]


@pytest.mark.parametrize(
    ("part", "figures", "severity", "advice"),
    [
        ("consumer", {"state": "stopped", "reason": "20 dead letters"}, FAIL, "nassij deadletters list --in training"),
        ("consumer", {"state": "backing-off", "reason": "LogAway"}, FAIL, "nassij status"),
        ("consumer", {"lag": 5_000}, WARN, "nassij wait --quiet"),
        ("consumer", {"lag": 500_000}, FAIL, "nassij wait --quiet"),
        ("consumer", {"dead_letters": 1}, FAIL, "nassij deadletters list --in training"),
        ("consumer", {"waiting_keys": 2, "oldest_waiting_seconds": 9.0}, WARN, "nassij logs training-background"),
        ("consumer", {"waiting_keys": 2, "oldest_waiting_seconds": 900.0}, FAIL, "nassij logs training-background"),
        ("outbox", {"pending": 3, "oldest_seconds": 6.0}, WARN, "nassij outbox list --in training"),
        ("outbox", {"pending": 3, "oldest_seconds": 61.0}, FAIL, "nassij outbox list --in training"),
        ("intents", {"due": 3, "oldest_seconds": 90.0}, WARN, "nassij logs training-background"),
        ("deadlines", {"overdue": 3, "oldest_seconds": 900.0}, FAIL, "nassij logs training-background"),
        ("trouble", {"relay": "KafkaTimeoutError"}, WARN, "nassij logs training-background"),
    ],
)
def test_what_waits_too_long_is_told_with_what_to_do(
    sight: FakeSight, part: str, figures: dict[str, Any], severity: str, advice: str
) -> None:
    sight.answers[STATUS][part].update(figures)
    (found,) = bad(backlog.check(sight))
    assert (found.where, found.severity) == ("training", severity)
    assert advice in found.advice


def test_a_key_that_waits_for_another_service_leads_there(sight: FakeSight) -> None:
    reasons = [{"reason": "not-yet", "awaits": "registry", "keys": 2}]
    sight.answers[STATUS]["consumer"] |= {"waiting_keys": 2, "oldest_waiting_seconds": 60.0, "waiting_by_reason": reasons}
    (found,) = bad(backlog.check(sight))
    assert "2 for not-yet" in found.found
    assert "nassij outbox list --in registry" in found.advice


def test_what_is_gone_at_the_second_look_is_no_finding(sight: FakeSight) -> None:
    sight.later[STATUS] = deepcopy(QUIET)
    sight.answers[STATUS]["deadlines"] = {"overdue": 40, "oldest_seconds": 86_400.0}
    assert bad(backlog.check(sight)) == []


def test_a_service_that_does_not_answer_is_told_and_the_others_are_looked_at(tmp_path: Path) -> None:
    sight = FakeSight(tmp_path, services=("registry", "training"))
    sight.answers[STATUS] = deepcopy(QUIET)
    assert severities(backlog.check(sight)) == [UNSEEN, OK]


def test_an_answer_that_nobody_foresaw_hides_no_other_service(tmp_path: Path) -> None:
    sight = FakeSight(tmp_path, services=("registry", "training"))
    sight.answers["registry-background/ops/status"] = "<html>"
    sight.answers[STATUS] = deepcopy(QUIET)
    assert severities(backlog.check(sight)) == [WARN, OK]
