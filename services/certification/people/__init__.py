"""People: a local copy of the names that stand on certificates."""
