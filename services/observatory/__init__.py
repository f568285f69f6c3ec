"""Figures, the roll-out and the story of every event, told from the events alone."""
