"""Certificates: issued once for each completed activity, checked by anybody, revoked with a reason."""
