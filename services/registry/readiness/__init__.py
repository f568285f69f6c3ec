"""Readiness: what must be true before a region opens, measured on evidence."""
