import re

import pytest

from chassis.auth import MATRIX, ROLES, require_known


def test_there_are_six_roles() -> None:
    assert ROLES == ("national", "regional", "provincial", "auditor", "partner", "service")


def test_every_permission_is_a_subject_and_an_action_that_somebody_has() -> None:
    for permission, roles in MATRIX.items():
        assert re.fullmatch(r"[a-z]+:[a-z]+(-[a-z]+)*", permission)
        assert roles, permission


def test_national_staff_may_do_everything() -> None:
    assert all("national" in roles for roles in MATRIX.values())


def test_an_auditor_reads_everything_but_personal_data_and_changes_nothing() -> None:
    assert {p for p, roles in MATRIX.items() if "auditor" in roles} == {p for p in MATRIX if p.endswith(":read")}


def test_a_partner_sees_its_subscriptions_and_their_deliveries_alone() -> None:
    assert {p for p, roles in MATRIX.items() if "partner" in roles} == {"subscription:read", "delivery:read"}


def test_what_a_province_may_do_its_region_may_do() -> None:
    assert all("regional" in roles for roles in MATRIX.values() if "provincial" in roles)


def test_a_permission_that_is_not_in_the_table_is_an_error_where_it_is_asked_for() -> None:
    assert require_known("region:join") == "region:join"
    with pytest.raises(ValueError, match="region:jion"):
        require_known("region:jion")
