"""Actors: the people of the associations and the offices they hold. Personal data lie here."""
