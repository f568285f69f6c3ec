"""What each role may do, in one table. Where it may do it is the territory in its token (chassis/scope.py).

- national: the programme's national staff, everywhere.
- regional, provincial: staff of the regions or provinces that their token names.
- auditor: reads everything everywhere but personal data, changes nothing.
- partner: has its events brought to it by its subscriptions, which it may look at, and checks certificates as anybody may.
- service: a machine of ours, such as the monitoring or a scheduled load of the territory.

A permission is `<subject>:<action>`. Code that asks for one which is not in the table does not start.
"""

from collections.abc import Mapping
from types import MappingProxyType

_TABLE = """
                        national  regional  provincial  auditor  partner  service
territory:read          x         x         x           x        .        x
territory:load          x         .         .           .        .        x
pack:read               x         x         x           x        .        x
pack:publish            x         .         .           .        .        .
region:read             x         x         x           x        .        x
region:plan             x         .         .           .        .        .
region:join             x         .         .           .        .        .
region:open             x         x         .           .        .        .
convention:read         x         x         x           x        .        .
convention:write        x         x         .           .        .        .
association:read        x         x         x           x        .        .
association:write       x         x         x           .        .        .
association:import      x         x         .           .        .        .
review:read             x         x         x           x        .        .
review:decide           x         x         x           .        .        .
actor:read              x         x         x           x        .        .
actor:read-personal     x         x         x           .        .        .
actor:write             x         x         x           .        .        .
diagnostic:read         x         x         x           x        .        .
diagnostic:write        x         x         x           .        .        .
pole:read               x         x         x           x        .        .
pole:write              x         x         .           .        .        .
catalogue:read          x         x         x           x        .        .
plan:read               x         x         x           x        .        .
plan:write              x         x         x           .        .        .
cohort:read             x         x         x           x        .        .
cohort:write            x         x         .           .        .        .
trainer:read            x         x         x           x        .        .
session:read            x         x         x           x        .        .
session:write           x         x         x           .        .        .
enrolment:read          x         x         x           x        .        .
enrolment:write         x         x         x           .        .        .
attendance:read         x         x         x           x        .        .
attendance:write        x         x         x           .        .        .
completion:read         x         x         x           x        .        .
issuer:read             x         x         x           x        .        x
certificate:read        x         x         x           x        .        .
certificate:revoke      x         x         .           .        .        .
template:read           x         x         x           x        .        .
message:read            x         x         x           x        .        .
subscription:read       x         x         .           x        x        .
subscription:write      x         x         .           .        .        .
delivery:read           x         x         .           x        x        .
delivery:retry          x         x         .           .        .        .
figures:read            x         x         x           x        .        x
ops:read                x         .         .           x        .        x
ops:act                 x         .         .           .        .        .
"""


def _parse(table: str) -> tuple[tuple[str, ...], Mapping[str, frozenset[str]]]:
    header, *rows = (line.split() for line in table.strip().splitlines())
    matrix: dict[str, frozenset[str]] = {}
    for permission, *marks in rows:
        if permission in matrix or len(marks) != len(header) or not set(marks) <= {"x", "."}:
            raise ValueError(f"The row of {permission} in the table of permissions is wrong.")
        matrix[permission] = frozenset(role for role, mark in zip(header, marks, strict=True) if mark == "x")
    return tuple(header), MappingProxyType(matrix)


ROLES, MATRIX = _parse(_TABLE)
"""The roles, and for each permission the roles that have it."""


def require_known(permission: str) -> str:
    """Return the permission. Raises ValueError, at import of whatever asks for it, when the table has no such row."""
    if permission not in MATRIX:
        raise ValueError(f"No permission is called {permission!r}; give it a row in chassis/auth/roles.py or correct its name.")
    return permission
