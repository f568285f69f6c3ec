"""What the demo does, step by step: each asks the services' public API and says in a sentence what came of it."""
