"""The contestants that do without the chassis."""
