"""The programme in figures, by region and province, and how far each region's roll-out has come."""
