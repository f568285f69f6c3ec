"""Deliveries: events on their way to partners."""
