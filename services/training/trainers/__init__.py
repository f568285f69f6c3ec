"""Who may hold sessions, and when they do."""
