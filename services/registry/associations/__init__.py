"""Associations: what the register holds of them."""
