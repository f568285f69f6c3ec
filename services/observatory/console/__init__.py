"""The one page that shows the roll-out: the country, its regions, and how far each has come."""
