"""People: a local copy of how people are called and reached."""
