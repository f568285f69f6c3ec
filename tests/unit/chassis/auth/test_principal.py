from typing import Any

import pytest

from chassis.auth import Principal
from chassis.problems import Unauthorized
from chassis.scope import EVERYWHERE, Scope


@pytest.mark.parametrize("role", ["national", "auditor", "service"])
def test_countrywide_roles_see_everything(role: str) -> None:
    assert Principal.from_claims({"sub": "a", "role": role}).scope == EVERYWHERE


def test_regional_staff_see_their_regions() -> None:
    principal = Principal.from_claims({"sub": "a", "role": "regional", "regions": ["03"]})
    assert principal.scope == Scope(frozenset({"03"}))


def test_provincial_staff_see_their_provinces_and_nothing_else_of_the_region() -> None:
    scope = Principal.from_claims({"sub": "a", "role": "provincial", "provinces": ["03.591"]}).scope
    assert scope == Scope(frozenset({"03"}), frozenset({"03.591"}))
    assert not scope.admits("03", "03.231")


def test_a_partner_without_regions_sees_no_territory() -> None:
    partner = Principal.from_claims({"sub": "a", "role": "partner", "partner": "ofppt"})
    assert partner.partner == "ofppt"
    assert not partner.scope.admits("03", None)


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "a", "role": "king"},
        {"sub": "a"},
        {"role": "national"},
        {"sub": 7, "role": "national"},
        {"sub": "a" * 201, "role": "national"},
        {"sub": "a\x00b", "role": "national"},
        {"sub": "a", "role": "regional"},
        {"sub": "a", "role": "regional", "regions": []},
        {"sub": "a", "role": "regional", "regions": "03"},
        {"sub": "a", "role": "regional", "regions": [3]},
        {"sub": "a", "role": "provincial", "regions": ["03"]},
        {"sub": "a", "role": "partner"},
        {"sub": "a", "role": ["national"]},
    ],
)
def test_claims_that_make_no_sense_let_nobody_in(claims: dict[str, Any]) -> None:
    with pytest.raises(Unauthorized):
        Principal.from_claims(claims)


def test_a_role_is_what_the_table_says() -> None:
    regional = Principal("a", "regional", frozenset({"03"}))
    assert regional.may("session:write")
    assert not regional.may("region:join")
