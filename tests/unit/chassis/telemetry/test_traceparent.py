import pytest

from chassis.telemetry.traceparent import read

GOOD = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def test_a_good_one_is_read_and_written_the_same() -> None:
    assert str(read(GOOD)) == GOOD


def test_one_of_a_later_version_with_more_behind_it_is_read_as_ours() -> None:
    assert str(read("01" + GOOD[2:] + "-more")) == GOOD


@pytest.mark.parametrize(
    "bad", [None, "", "nonsense", "ff" + GOOD[2:], GOOD.upper(), GOOD.replace("b7ad6b7169203331", "0" * 16), GOOD[:-1]]
)
def test_what_does_not_hold_is_nothing(bad: str | None) -> None:
    assert read(bad) is None
