from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from chassis.ids import earliest_id, new_id


def test_ids_sort_in_the_order_they_were_made() -> None:
    made = [new_id() for _ in range(5_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_an_id_is_a_uuid_of_version_seven() -> None:
    assert UUID(new_id()).version == 7


def test_ids_made_from_a_moment_on_sort_behind_its_earliest_id_and_those_before_in_front_of_it() -> None:
    before = new_id()
    now = datetime.now(UTC)
    assert before < earliest_id(now + timedelta(milliseconds=1))
    assert earliest_id(now) <= new_id()


MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - given above


@given(MOMENTS, st.integers(1, 10**9))
def test_later_moments_have_later_earliest_ids(at: datetime, milliseconds: int) -> None:
    assert earliest_id(at) < earliest_id(at + timedelta(milliseconds=milliseconds))
