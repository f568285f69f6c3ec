"""Which modules the diagnostics call for."""
