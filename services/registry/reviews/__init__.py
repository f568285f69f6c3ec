"""Admission to the register: an association is registered at once, or held for a person to review as a possible duplicate."""
