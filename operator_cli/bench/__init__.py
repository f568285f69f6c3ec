"""Benchmarks of the event path and of the HTTP path; the code that is measured with lies in tests/bench."""
