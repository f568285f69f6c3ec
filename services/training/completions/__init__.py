"""Who completed what, exactly once."""
