"""A tiny service for the chassis' own tests: pages with a counter."""
