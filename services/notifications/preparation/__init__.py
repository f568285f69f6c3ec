"""Preparation: what notifications does when a region joins."""
