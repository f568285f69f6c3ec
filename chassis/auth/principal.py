"""Somebody known: a person or a machine, in a role, for a part of the country."""

from dataclasses import dataclass
from typing import Any, Self

from chassis.auth.roles import MATRIX, ROLES
from chassis.problems import Unauthorized
from chassis.scope import EVERYWHERE, Scope

LONGEST = 200
COUNTRYWIDE = frozenset({"national", "auditor", "service"})


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks. `regions` and `provinces` are HCP codes; `partner` is the partner's id for the role partner."""

    id: str
    role: str
    regions: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    partner: str | None = None

    @classmethod
    def from_claims(cls, claims: dict[str, Any]) -> Self:
        """Read a verified token's claims: sub, role, regions, provinces, partner. Raises Unauthorized if they make no sense."""
        role = claims.get("role")
        if role not in ROLES:
            raise _senseless(f"names the role {role!r}, which does not exist")
        known = cls(
            id=_word(claims, "sub"),
            role=role,
            regions=_codes(claims, "regions"),
            provinces=_codes(claims, "provinces"),
            partner=_word(claims, "partner") if role == "partner" else None,
        )
        known.check_territory()
        return known

    def check_territory(self) -> None:
        """Raise Unauthorized if a role that is bound to a territory has none: it must not become the whole country."""
        if self.role == "regional" and not self.regions:
            raise _senseless("has the role regional and names no regions")
        if self.role == "provincial" and not self.provinces:
            raise _senseless("has the role provincial and names no provinces")

    def may(self, permission: str) -> bool:
        """Whether this role has the permission, wherever in its territory."""
        return self.role in MATRIX[permission]

    @property
    def scope(self) -> Scope:
        """What part of the country this principal may see and change."""
        if self.role in COUNTRYWIDE:
            return EVERYWHERE
        if self.role == "provincial":
            # A province's code begins with its region's: 03.591 lies in 03.
            return Scope(frozenset(code.partition(".")[0] for code in self.provinces), self.provinces)
        return Scope(self.regions)


def _word(claims: dict[str, Any], claim: str) -> str:
    value = claims.get(claim)
    if not isinstance(value, str) or not value:
        raise _senseless(f"lacks the claim {claim}")
    if len(value) > LONGEST or not value.isprintable():
        # It goes into every event as who caused it.
        raise _senseless(f"has a claim {claim} of more than {LONGEST} characters, or of unprintable ones")
    return value


def _codes(claims: dict[str, Any], claim: str) -> frozenset[str]:
    value = claims.get(claim) or []
    if not isinstance(value, list) or not all(isinstance(code, str) and code for code in value):
        raise _senseless(f"has a claim {claim} that is not a list of codes")
    return frozenset(value)


def _senseless(what: str) -> Unauthorized:
    return Unauthorized("token-unusable", f"The token {what}; ask for a new one from the token issuer.")
