"""Preparation: what certification does when a region joins."""
