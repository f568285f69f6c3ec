"""Structures of the associative fabric: the competence pole of a region."""
