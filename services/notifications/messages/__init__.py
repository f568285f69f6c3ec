"""Messages: what people are told, and what became of it."""
