from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from vocabulary.legal_days import legal_day


def test_a_legal_day_is_a_day_in_morocco() -> None:
    assert legal_day(datetime(2025, 7, 1, 23, 30, tzinfo=UTC)) == date(2025, 7, 2)
    assert legal_day(datetime(2025, 7, 2, 1, 30, tzinfo=timezone(timedelta(hours=3)))) == date(2025, 7, 1)


def test_in_ramadan_the_clock_goes_back_an_hour() -> None:
    assert legal_day(datetime(2025, 3, 10, 23, 30, tzinfo=UTC)) == date(2025, 3, 10)


def test_a_datetime_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        legal_day(datetime(2025, 7, 1, 23, 30))  # noqa: DTZ001 - that is the point
