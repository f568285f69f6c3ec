"""Replay: a consumer's projections made anew from the beginning of the log, in place or beside for comparison."""
