"""Who is asking, and what they may do: tokens become principals, the matrix in roles.py says what a role may."""

from chassis.auth.principal import Principal
from chassis.auth.roles import MATRIX, ROLES, require_known
from chassis.auth.tokens import KeySet, TokenVerifier

__all__ = ["MATRIX", "ROLES", "KeySet", "Principal", "TokenVerifier", "require_known"]
