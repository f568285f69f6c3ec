"""Benchmarks of the event path, the HTTP path and the instrumentation; the code that is measured with lies in tests/bench."""
