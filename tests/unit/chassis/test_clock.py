from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from chassis import clock
from chassis.clock import FileOffsetClock
from chassis.settings import Settings
from chassis.testing.clock import START, FrozenClock


@pytest.fixture(autouse=True)
def _own_clock() -> Iterator[None]:
    before = clock.use(clock.SystemClock())
    yield
    clock.use(before)


def write(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(text)
    fresh.replace(path)


def offset(of: FileOffsetClock) -> float:
    """Hours by which the clock is ahead, once it has been allowed to look again."""
    of._next_check = 0.0
    return round((of.now() - datetime.now(UTC)).total_seconds() / 3600, 3)


def test_a_moment_is_aware_and_whole_in_milliseconds() -> None:
    assert clock.now().utcoffset() == timedelta(0)
    assert clock.now().microsecond % 1000 == 0


def test_the_legal_day_is_the_day_in_casablanca() -> None:
    with FrozenClock(datetime(2025, 7, 1, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2025, 7, 2)


def test_a_frozen_clock_moves_only_when_told_and_gives_the_old_clock_back() -> None:
    with FrozenClock() as time:
        assert clock.now() == START
        time.advance(hours=48)
        assert clock.now() == START + timedelta(hours=48)
    assert clock.now() != START + timedelta(hours=48)


def test_the_demo_clock_follows_its_file(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    demo = FileOffsetClock(path)
    assert offset(demo) == 0
    write(path, "7200\n")
    assert offset(demo) == 2
    write(path, "-3600")
    assert offset(demo) == -1
    path.unlink()
    assert offset(demo) == 0


def test_a_process_takes_its_clock_from_the_settings(tmp_path: Path) -> None:
    write(tmp_path / "clock", "7200")
    clock.use_settings(Settings(service="training", store_uri="mongodb://u:p@h/d", clock_file=tmp_path / "clock"))
    assert clock.now() - datetime.now(UTC) > timedelta(hours=1)
    clock.use_settings(Settings(service="training", store_uri="mongodb://u:p@h/d"))
    assert clock.now() - datetime.now(UTC) < timedelta(hours=1)


def test_the_demo_clock_looks_at_its_file_five_times_a_second_at_most(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    demo = FileOffsetClock(path)
    demo.now()
    write(path, "7200")
    assert demo.now() - datetime.now(UTC) < timedelta(hours=1)


def test_an_unreadable_clock_file_is_told_once_and_the_last_good_offset_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    write(path, "3600")
    demo = FileOffsetClock(path)
    assert offset(demo) == 1
    write(path, "tomorrow")
    with capture_logs() as lines:
        assert [offset(demo), offset(demo)] == [1, 1]
    assert [line["event"] for line in lines] == ["clock.file_unreadable"]


def test_an_offset_that_no_calendar_holds_is_unreadable_too(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    for text in ("1e30", "nan"):
        write(path, text)
        with capture_logs() as lines:
            assert offset(FileOffsetClock(path)) == 0
        assert len(lines) == 1, text
