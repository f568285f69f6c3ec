"""Notifications: people are written to in their language, partners are sent the events that they subscribed to."""
