"""The story of every event: what caused it, what it refers to, what it led to."""
