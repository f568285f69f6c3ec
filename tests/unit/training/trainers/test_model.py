from datetime import date

import pytest

from chassis.problems import RuleBroken
from services.training.trainers.model import Trainer
from tests.unit.training.given import half_days

DAY = date(2026, 3, 16)


def trainer() -> Trainer:
    found = Trainer(person="amina", region="03")
    found.certify("C-1", date(2029, 1, 1))
    return found


def test_a_trainer_is_certified_as_long_as_a_certificate_lasts() -> None:
    trainer().must_be_certified(date(2029, 1, 1))
    with pytest.raises(RuleBroken, match="trainer-not-certified"):
        trainer().must_be_certified(date(2029, 1, 2))
    lasting = trainer()
    lasting.certify("C-2", None)
    lasting.must_be_certified(date(2040, 1, 1))


def test_a_revoked_certificate_makes_no_trainer() -> None:
    revoked = trainer()
    revoked.lose("C-1")
    assert not revoked.certified
    with pytest.raises(RuleBroken, match="trainer-not-certified"):
        revoked.must_be_certified(DAY)


def test_the_same_certificate_counts_once() -> None:
    twice = trainer()
    twice.certify("C-1", date(2029, 1, 1))
    twice.lose("C-1")
    assert not twice.certified


def test_a_trainer_is_in_one_place_at_a_time() -> None:
    busy = trainer()
    busy.book("session-1", half_days(2))
    with pytest.raises(RuleBroken) as refused:
        busy.book("session-2", half_days(4)[1:])
    assert refused.value.extra["session"] == "session-1"
    busy.book("session-2", half_days(4)[2:])
    assert len(busy.bookings) == 4


def test_a_cancelled_session_gives_its_half_days_back() -> None:
    busy = trainer()
    busy.book("session-1", half_days(2))
    busy.free("session-1")
    busy.book("session-2", half_days(2))
    assert {booking.session for booking in busy.bookings} == {"session-2"}
