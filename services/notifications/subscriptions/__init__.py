"""Subscriptions: what partners are sent, where to, and what became of it."""
