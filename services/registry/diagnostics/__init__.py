"""Diagnostics: an association answers the grid of its region; the scores say what it needs."""
