"""Regions and how far the roll-out has come in each."""
